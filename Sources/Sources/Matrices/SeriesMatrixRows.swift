import Formats
import Genes
import Problems

/// The table of a GEO series matrix, with what its header says of each sample.
final class SeriesMatrixRows: GeneRowSource {
  let samples: [String]
  let sampleFields: [String: [String]]
  private let matrix: SeriesMatrixReader
  private let kind: IdentifierKind?

  var path: String { matrix.path }
  var place: Place { Place(matrix.path, line: matrix.table.line) }

  init(_ input: InputFile, kind: IdentifierKind?) throws {
    matrix = try SeriesMatrixReader(input.source(), path: input.path)
    self.kind = kind
    samples = matrix.samples.map(\.accession)
    sampleFields = matrix.samples.fieldColumns
    if matrix.declaredRows == 0 {
      throw SourceError(
        .wrongLayout, at: Place(input.path, line: matrix.table.headerLine),
        "this series matrix holds what is known of its samples, but no expression",
        remedy: "name the series' supplementary table as the expression, and this file under `tables`")
    }
  }

  func advance() throws -> Bool {
    if try matrix.table.advance() { return true }
    try matrix.checkRowCount()
    return false
  }

  var identifiers: [GeneIdentifier] { [GeneIdentifier(kind, matrix.table.keyText(0))] }
  var onlyIdentifier: (kind: IdentifierKind?, text: UnsafeRawBufferPointer)? { (kind, matrix.table.keyUTF8(0)) }

  func values(into row: UnsafeMutableBufferPointer<Float>) throws { try matrix.table.numbers(from: 1, into: row) }
}

extension [SeriesMatrixReader.Sample] {
  /// One column a key, over all samples: the record's fields, then the characteristics, "" where a sample lacks one.
  var fieldColumns: [String: [String]] {
    var columns: [String: [String]] = [
      "geo_accession": map(\.accession), "title": map(\.title), "platform_id": map(\.platform),
    ]
    for key in Set(flatMap(\.fields.keys)) { columns[key] = map { $0.fields[key] ?? "" } }
    return columns.merging(characteristicColumns) { $1 }
  }

  /// Of a sample's characteristics that differ in case alone, the first stands in the columns of all of them.
  private var characteristicColumns: [String: [String]] {
    let keys = Set(lazy.flatMap { $0.characteristics.lazy.map(\.key) }).filter { !$0.isEmpty }
    let folded = Dictionary(uniqueKeysWithValues: keys.map { ($0, $0.lowercased()) })
    var columns: [String: [String]] = [:]
    for (index, sample) in enumerated() {
      for (key, value) in sample.characteristics.reversed() {
        guard let name = folded[key] else { continue }
        columns[name, default: Array<String>(repeating: "", count: count)][index] = value
      }
    }
    return folded.compactMapValues { columns[$0] }
  }
}
