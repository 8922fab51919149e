import Formats
import Genes
import Problems

/// The Cell Model Passports' table of TPM: `SIDG` id, symbol, then one column a model, under rows that describe the
/// models (`model_name`, the data's source and others) and one that names the first two columns.
final class PassportRows: GeneRowSource {
  let samples: [String]
  private(set) var sampleFields: [String: [String]] = [:]
  private let table: TableReader
  private var firstGeneWaits = false

  var path: String { table.path }
  var place: Place { Place(table.path, line: table.line) }

  init(_ table: TableReader) throws {
    self.table = table
    guard table.header.count > 2, table.header[0] == "model_id" else {
      throw SourceError(
        .wrongLayout, at: Place(table.path, line: table.headerLine, field: "1"),
        "a Cell Model Passports table starts with model_id, this one with '\(table.header.first ?? "")'",
        remedy: "check which file the configuration names")
    }
    samples = Array(table.header[2...])
    sampleFields["model_id"] = samples
    try readModelFields()
  }

  /// Reads the rows above the genes: those whose first field is no `SIDG` id.
  private func readModelFields() throws {
    while try table.advance() {
      let name = table.keyText(0)
      if name.hasPrefix("SIDG") {
        firstGeneWaits = true
        return
      }
      if name != "gene_id", !name.isEmpty { sampleFields[name] = (2..<table.header.count).map { table.text($0) } }
    }
    throw SourceError(
      .wrongLayout, at: Place(table.path, line: table.line), "there is no row with a SIDG gene id",
      remedy: "the file is cut short, or of another layout")
  }

  func advance() throws -> Bool {
    if firstGeneWaits {
      firstGeneWaits = false
      return true
    }
    return try table.advance()
  }

  var identifiers: [GeneIdentifier] { [GeneIdentifier(.symbol, table.keyText(1))] }

  func values(into row: UnsafeMutableBufferPointer<Float>) throws { try table.numbers(from: 2, into: row) }
}
