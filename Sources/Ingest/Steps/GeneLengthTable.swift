import Genes
import Problems
import Sources

/// Lengths of genes in bases, by the identifiers of one kind.
struct GeneLengthTable {
  private let source: IngestConfiguration.GeneLengths
  private let path: String
  private var lengths: [String: Double] = [:]
  /// The first genes of the table, for messages.
  private var examples: [String] = []

  init(_ source: IngestConfiguration.GeneLengths, inputs: InputLedger) throws {
    self.source = source
    path = inputs.path(of: source.file)
    let file = try inputs.open(source.file, role: "gene lengths")
    let table = try RecordTable.read(
      file, columns: [ColumnRequest(source.geneColumn), ColumnRequest(source.lengthColumn)])
    let (genes, values) = (table[source.geneColumn], table[source.lengthColumn])
    examples = Array(genes.prefix(3))
    for record in 0..<table.count {
      guard let length = try table.number(values, record, source.lengthColumn), length > 0 else { continue }
      guard !MissingWords.common.contains(genes[record]) else { continue }
      // A gene listed twice has the longer of its lengths, whatever the order of the table.
      let key = key(genes[record])
      lengths[key] = max(length, lengths[key] ?? 0)
    }
  }

  /// The length of the gene that a row's identifiers name, if the table lists it.
  subscript(identifiers: [GeneIdentifier]) -> Double? {
    for identifier in identifiers {
      if let name = name(identifier), let length = lengths[key(name)] { return length }
    }
    return nil
  }

  /// Throws because no landmark gene of the matrix has a length.
  func refuse() throws {
    throw IngestError(
      .geneLengths, at: Place(path, field: source.geneColumn),
      "it has a length for none of the matrix's landmark genes: its own are "
        + examples.map { "'\($0)'" }.joined(separator: ", "),
      remedy: "check gene-lengths.gene and gene-lengths.gene-ids (here \(source.geneColumn), \(source.kind.rawValue))")
  }

  /// What an identifier says of the table's kind; one of no stated kind may be of it.
  private func name(_ identifier: GeneIdentifier) -> String? {
    if identifier.kind == source.kind { return identifier.text }
    if [nil, .symbolWithEntrez, .symbolWithEnsembl].contains(identifier.kind),
      let parts = CompositeName(identifier.text)
    {
      return parts.idKind == source.kind ? parts.id : source.kind == .symbol ? parts.symbol : nil
    }
    return identifier.kind == nil ? identifier.text : nil
  }

  /// Ensembl ids without their version: that of the table is seldom that of the matrix.
  private func key(_ name: String) -> String {
    source.kind == .ensembl ? String(name.prefix { $0 != "." }) : name
  }
}
