import Formats
import Genes
import Problems

/// A GCTX matrix, which stores one sample a row.
final class GCTXRows: SampleRowSource {
  let path: String
  let genes: [[GeneIdentifier]]
  let sampleFields: [String: [String]]
  private let reader: GCTXReader
  private let allRows: [Int]
  /// The samples in memory, and their values as genes x samples.
  private var block = (samples: 0..<0, values: [Float]())
  private var next = 0

  var place: Place { Place(path, object: "/0/DATA/0/matrix") }
  var sample: String { reader.columnIDs[next - 1] }

  init(_ input: InputFile, kind: IdentifierKind?) throws {
    path = input.path
    reader = try GCTXReader(path: input.path)
    let reader = reader
    let fields = try reader.rowFields.map { try reader.rowField($0).values }
    let naming = GCTRowNaming(fields: reader.rowFields, idKind: kind)
    genes = reader.rowIDs.indices.map { row in
      naming.identifiers(id: reader.rowIDs[row], fields: fields.map { $0[row] })
    }
    sampleFields = Dictionary(
      try reader.columnFields.map { ($0, try reader.columnField($0).values) }, uniquingKeysWith: { first, _ in first })
    allRows = Array(reader.rowIDs.indices)
  }

  func advance() throws -> Bool {
    guard next < reader.columnIDs.count else { return false }
    next += 1
    return true
  }

  func values(of genes: [Int], into row: UnsafeMutableBufferPointer<Float>) throws {
    let sample = next - 1
    if !block.samples.contains(sample) {
      let samples = sample..<min(sample + 64, reader.columnIDs.count)
      block = (samples, try reader.floats(rows: allRows, columns: samples))
    }
    let width = block.samples.count
    let offset = sample - block.samples.lowerBound
    for (place, gene) in genes.enumerated() { row[place] = block.values[gene * width + offset] }
  }
}
