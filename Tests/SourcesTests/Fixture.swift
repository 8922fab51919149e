import Formats
import Foundation

@testable import Sources

/// The files in `Fixtures`.
enum Fixture {
  static func path(_ name: String) -> String {
    Bundle.module.resourcePath.map { "\($0)/Fixtures/\(name)" } ?? name
  }

  static func open(_ name: String) throws -> InputFile { try InputFile(path(name)) }
}

/// One row of a matrix, as a test compares it: NaN as nil.
struct MatrixRow: Equatable {
  var name: String
  var values: [Float?]
  var line: Int?

  init(_ name: String, _ values: [Float?], line: Int? = nil) {
    self.name = name
    self.values = values
    self.line = line
  }
}

extension ExpressionSource {
  /// Names of the samples of gene rows, or the genes of sample rows by their names.
  var columnNames: [String] {
    switch self {
    case .geneRows(let rows): rows.samples
    case .sampleRows(let rows): rows.genes.map { $0.map(\.text).joined(separator: "|") }
    }
  }

  /// Everything that the matrix holds.
  func all() throws -> [MatrixRow] {
    var result: [MatrixRow] = []
    switch self {
    case .geneRows(let rows):
      let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: rows.samples.count)
      defer { buffer.deallocate() }
      while try rows.advance() {
        try rows.values(into: buffer)
        let name = rows.identifiers.map(\.text).joined(separator: "|")
        result.append(MatrixRow(name, buffer.map { $0.isNaN ? nil : $0 }, line: rows.place.line))
      }
    case .sampleRows(let rows):
      let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: rows.genes.count)
      defer { buffer.deallocate() }
      while try rows.advance() {
        try rows.values(of: Array(rows.genes.indices), into: buffer)
        result.append(MatrixRow(rows.sample, buffer.map { $0.isNaN ? nil : $0 }, line: rows.place.line))
      }
    }
    return result
  }
}
