import Cohorts
import Problems

/// Two cohorts as the aligner takes them: one order of genes, one scale, one vocabulary of tissues.
package struct PreparedDomains: Sendable {
  /// Cell lines with a tissue; all of them train.
  package let source: PreparedDomain
  /// Every patient of the store, of whom `trainingRows` train.
  package let target: PreparedDomain
  /// Tissues of the cell lines by alphabet; codes are places in it.
  package let tissues: [String]
  /// One a gene: whether both sides measured it. The others are 0 on both.
  package let sharedGenes: [Bool]
  /// Hash of the genes' order, as both stores have it.
  package let geneOrder: String
  /// Tissues of cell lines that no patient of the target is of, by alphabet.
  package let tissuesOfSourceAlone: [String]
  /// Tissues of patients that no cell line is of, with their samples, by alphabet; they were dropped by rule.
  package let tissuesOfTargetAlone: [TissueWord]

  /// Reads two stores by a configuration.
  ///
  /// Throws `AlignmentError` with the place in the store, or in the configuration, and the way out.
  package init(source: CohortStore, target: CohortStore, _ configuration: AlignmentConfiguration) throws {
    let (source, target) = (try DomainStore(source), try DomainStore(target))
    sharedGenes = try Self.sharedGenes(source, target)
    geneOrder = source.geneOrder
    try Self.checkUnits(source, target, configuration.settings.standardisation)
    let lines = try SourceSelection(source, configuration)
    let patients = try TargetSelection(target, configuration, lines)
    tissues = lines.vocabulary
    tissuesOfSourceAlone = lines.vocabulary.filter { !patients.tissues.contains($0) }
    tissuesOfTargetAlone = patients.absent
    let (genes, standardisation) = (sharedGenes, configuration.settings.standardisation)
    self.source = try lines.selection.domain(of: source, genes: genes, standardisation)
    self.target = try patients.selection.domain(of: target, genes: genes, standardisation)
  }

  private static func sharedGenes(_ source: DomainStore, _ target: DomainStore) throws -> [Bool] {
    guard source.geneOrder == target.geneOrder, source.store.genes == target.store.genes else {
      throw AlignmentError(
        .genes, at: target.place("/uns/therapi/panel_order"),
        "names another order of genes than \(source.place("/uns/therapi/panel_order"))",
        remedy: "ingest both cohorts with the same version of therapi")
    }
    let shared = zip(source.measured, target.measured).map { $0 && $1 }
    guard shared.contains(true) else {
      throw AlignmentError(
        .genes, at: target.place("/var/measured"),
        "shares no measured gene with \(source.place("/var/measured"))",
        remedy: "see how their genes matched: therapi inspect")
    }
    return shared
  }

  private static func checkUnits(
    _ source: DomainStore, _ target: DomainStore, _ standardisation: AlignerSettings.Standardisation
  ) throws {
    guard standardisation == .refuseMixed, source.unit != target.unit else { return }
    throw AlignmentError(
      .units, at: target.place("/uns/expression/unit"),
      "is \(target.unit), but \(source.place("/uns/expression/unit")) is \(source.unit)",
      remedy: "set settings.standardisation to per-gene-and-domain or per-sample, or to none to mix them as they are")
  }
}
