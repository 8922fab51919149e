import TestSupport
import Testing

@testable import Formats

/// A table of ../shared/data and what pandas 2.3.3 counts in it.
struct CountedTable: Sendable, CustomTestStringConvertible {
  let file: String
  let rows: Int
  let columns: Int
  /// UTF-8 bytes of all fields below the header, without quotes and line ends; nil for tables over 2 MB.
  let bytes: Int?
  let layout: String

  var testDescription: String { file }

  /// Reads Fixtures/text/pandas-counts.tsv.
  static func all() throws -> [CountedTable] {
    let table = try TableReader(FileSource(try Fixture.path("text/pandas-counts.tsv")), path: "pandas-counts.tsv")
    var all: [CountedTable] = []
    while try table.advance() {
      let bytes = try table.number(3)
      all.append(
        CountedTable(
          file: table.text(0), rows: Int(try table.number(1)), columns: Int(try table.number(2)),
          bytes: bytes.isNaN ? nil : Int(bytes), layout: table.text(4)))
    }
    return all
  }
}

@Suite("TableReader on real tables", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct RealTableTests {
  @Test("counts the rows, columns and bytes that pandas counts", arguments: try CountedTable.all())
  func counts(_ expected: CountedTable) throws {
    var options = TableOptions()
    switch expected.layout {
    case "comment": options.comment = UInt8(ascii: "#")
    case "biotab": options.linesAfterHeader = 2
    default: break
    }
    let path = SharedData.data(expected.file)
    let file = try FileSource(path)
    let table =
      path.hasSuffix(".gz")
      ? try TableReader(GzipSource(file, path: path), path: path, options: options)
      : try TableReader(file, path: path, options: options)
    var bytes = 0
    while try table.advance() {
      if expected.bytes != nil { for field in table.header.indices { bytes += table.text(field).utf8.count } }
    }
    #expect(table.rows == expected.rows)
    #expect(table.header.count == expected.columns)
    if let wanted = expected.bytes { #expect(bytes == wanted) }
  }

  @Test("sums the numbers of matrices as pandas does")
  func sums() throws {
    // pandas 2.3.3, read_csv(float_precision='round_trip'), sums in double over the values as float32.
    for (file, first, wanted, gaps) in RealTableTests.sums {
      let path = SharedData.data(file)
      let table = try TableReader(GzipSource(FileSource(path), path: path), path: path)
      let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: table.header.count - first)
      defer { values.deallocate() }
      var sum = 0.0
      var missing = 0
      while try table.advance() {
        try table.numbers(from: first, into: values)
        for value in values { if value.isNaN { missing += 1 } else { sum += Double(value) } }
      }
      #expect(abs(sum - wanted) < 1e-9 * wanted, "\(file): \(sum)")
      #expect(missing == gaps, "\(file)")
    }
  }

  private static let sums: [(String, Int, Double, Int)] = [
    ("gdsc/nci60/gene_exp_part1.csv.gz", 1, 3985947.6381119490, 11606),
    ("derived/GDSC_EXP.landmark509.tsv.gz", 1, 294386.7212163245, 0),
    ("gdsc/deepcdr/GDSC_IC50.csv.gz", 1, 438444.7188864208, 49020),
    ("tcga/cognoma/expression-matrix-all-genes.tsv.gz", 1, 6330187.8621683381, 0),
  ]
}
