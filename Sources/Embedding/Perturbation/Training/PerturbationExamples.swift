import Files
import Formats
import Genes
import Molecules
import Networks
import Problems
import Sources

/// Expression before and after drugs, as the perturbation network trains on it.
package struct PerturbationExamples: Sendable {
  /// Examples x genes, z-scores in the panel's order; zeros, the mean of every gene, where it was not given.
  package let untreated: [Float]
  package let treated: [Float]
  package let conditions: [DrugCondition]
  /// One an example: its place in `molecules`.
  package let drugs: [Int]
  /// One for each SMILES that is not another's under RDKit's rules.
  package let molecules: [MoleculeNodes]
  /// Whether expression before the drug was given.
  package let hasUntreated: Bool
  /// Rows of the tables that were left out, by why.
  package let skipped: [String: Int]

  package var count: Int { drugs.count }

  /// Reads tables of the published layout: `conditions` has `canonical_smiles` and, where known, `dose` (uM) and `time`
  /// (h); `treated` and `untreated` have a header of genes and as many rows, in the same order.
  ///
  /// Throws `FormatError` and `EmbeddingError` `.training`.
  package init(treated: String, untreated: String?, conditions path: String, conformerSeed: Int32) throws {
    let table = try RecordTable.read(
      InputFile(path),
      columns: [
        ColumnRequest("smiles", ["canonical_smiles", "smiles", "SMILES"]), ColumnRequest("dose", required: false),
        ColumnRequest("time", required: false),
      ])
    let after = try ExpressionTable(reading: treated)
    let before = try untreated.map { try ExpressionTable(reading: $0) }
    for (name, rows) in [(treated, after.rows)] + (untreated.map { [($0, before?.rows ?? 0)] } ?? [])
    where rows != table.count {
      throw EmbeddingError(
        .training, at: Place(name), "has \(rows) rows, \(path) has \(table.count)",
        remedy: "give tables whose rows belong together")
    }
    try self.init(table, after: after, before: before, conformerSeed: conformerSeed)
  }

  private init(_ table: RecordTable, after: ExpressionTable, before: ExpressionTable?, conformerSeed: Int32) throws {
    let smiles = Array(Set(table["smiles"])).sorted()
    let graphs = try DrugGraphs(
      of: smiles.map { DrugStructure(name: $0, smiles: $0) }, rule: .skip,
      settings: MoleculeSettings(seed: conformerSeed), threads: 2)
    var places: [String: Int] = [:]
    var canonical: [String: Int] = [:]
    var molecules: [MoleculeNodes] = []
    for member in graphs.members {
      if canonical[member.canonicalSMILES] == nil {
        canonical[member.canonicalSMILES] = molecules.count
        molecules.append(MoleculeNodes(member.graph))
      }
      places[member.drug.smiles] = canonical[member.canonicalSMILES]
    }
    var kept: [(row: Int, drug: Int)] = []
    var skipped: [String: Int] = [:]
    for (row, text) in table["smiles"].enumerated() {
      if let drug = places[text] {
        kept.append((row, drug))
      } else {
        skipped[text.isEmpty ? "no SMILES" : "the SMILES gives no molecule", default: 0] += 1
      }
    }
    self.molecules = molecules
    self.skipped = skipped
    drugs = kept.map(\.drug)
    hasUntreated = before != nil
    treated = kept.flatMap { after.row($0.row) }
    untreated =
      before.map { before in kept.flatMap { before.row($0.row) } } ?? Array(repeating: 0, count: treated.count)
    conditions = try kept.map { row, _ in
      let standard = DrugCondition()
      return DrugCondition(
        dose: try Self.number(table, row, "dose") ?? standard.dose,
        hours: try Self.number(table, row, "time") ?? standard.hours)
    }
  }

  private static func number(_ table: RecordTable, _ row: Int, _ column: String) throws -> Double? {
    let text = table[column][row]
    guard !text.isEmpty else { return nil }
    guard let value = Double(text), value.isFinite, value >= 0 else {
      throw EmbeddingError(
        .training, at: table.place(row, column), "'\(text)' is no \(column)", remedy: "write a number from 0 on")
    }
    return value
  }

  package init(
    untreated: [Float]?, treated: [Float], conditions: [DrugCondition], drugs: [Int], molecules: [MoleculeNodes]
  ) {
    precondition(drugs.count == conditions.count, "\(drugs.count) drugs, \(conditions.count) conditions")
    hasUntreated = untreated != nil
    self.untreated = untreated ?? Array(repeating: 0, count: treated.count)
    (self.treated, self.conditions, self.drugs, self.molecules) = (treated, conditions, drugs, molecules)
    skipped = [:]
  }

  /// SHA-256 of every number that trains.
  var fingerprint: String {
    var sum = SHA256()
    for values in [untreated, treated] { values.withUnsafeBytes { sum.update($0) } }
    drugs.withUnsafeBytes { sum.update($0) }
    conditions.flatMap { [$0.dose, $0.hours] }.withUnsafeBytes { sum.update($0) }
    for molecule in molecules {
      molecule.features.withUnsafeBytes { sum.update($0) }
      molecule.fixedWeights.withUnsafeBytes { sum.update($0) }
    }
    return sum.hex()
  }
}
