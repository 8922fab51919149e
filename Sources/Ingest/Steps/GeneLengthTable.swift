import Genes
import Problems
import Sources

/// Lengths of genes in bases, joined to a matrix's rows on whatever identifier the two have in common.
struct GeneLengthTable {
  private let place: Place
  private var lengths: [GeneKey: Double] = [:]
  /// The first genes of the table, for messages.
  private let examples: [String]

  /// Reads the table that a configuration names; throws what the file throws.
  init(_ source: IngestConfiguration.GeneLengths, inputs: InputLedger) throws {
    let file = try inputs.open(source.file, role: "gene lengths")
    let table = try RecordTable.read(
      file, columns: [ColumnRequest(source.geneColumn), ColumnRequest(source.lengthColumn)])
    place = Place(file.path, field: source.geneColumn)
    examples = Array(table[source.geneColumn].prefix(3))
    let (genes, values) = (table[source.geneColumn], table[source.lengthColumn])
    for record in 0..<table.count {
      guard let length = try table.number(values, record, source.lengthColumn), length > 0 else { continue }
      for key in GeneKey.keys(of: genes[record], as: source.kind) {
        // A gene listed twice has the longer of its lengths, whatever the order of the table.
        lengths[key] = max(length, lengths[key] ?? 0)
      }
    }
  }

  /// The length of the gene that a row's identifiers name, if the table lists it.
  subscript(identifiers: [GeneIdentifier]) -> Double? {
    for identifier in identifiers {
      for key in GeneKey.keys(of: identifier.text, as: identifier.kind) {
        if let length = lengths[key] { return length }
      }
    }
    return nil
  }

  /// The error for a matrix none of whose landmark genes has a length.
  var matchesNothing: IngestError {
    IngestError(
      .geneLengths, at: place,
      "it has a length for none of the matrix's landmark genes: its own are "
        + examples.map { "'\($0)'" }.joined(separator: ", "),
      remedy: "check gene-lengths.gene and gene-lengths.gene-ids")
  }
}
