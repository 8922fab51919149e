import Cohorts
import Problems

/// The cohorts of one alignment as the aligner takes them: one order of genes, one scale, one vocabulary of tissues.
package struct AlignmentDomains: Sendable {
  /// Cell lines with a tissue; all of them train.
  package let source: PreparedDomain
  /// Every patient of each target store, of whom `trainingRows` train.
  package private(set) var targets: [PreparedDomain]
  /// Tissues of the cell lines by alphabet; codes are places in it.
  package let tissues: [String]
  /// One a gene: whether all cohorts measured it. The others are 0 in all.
  package let sharedGenes: [Bool]
  /// Hash of the genes' order, as all stores have it.
  package let geneOrder: String
  /// How patients are scaled, by those of all targets that train.
  package let targetScaling: ExpressionScaling
  /// The cell lines' expression in its own unit, lines x genes.
  package let sourceExpression: Matrix
  /// Tissues of cell lines that no patient is of, by alphabet.
  package let tissuesOfSourceAlone: [String]
  /// Tissues of patients that no cell line is of, with their samples, by alphabet; they were dropped by rule.
  package let tissuesOfTargetAlone: [TissueWord]

  /// Reads the stores by a configuration.
  ///
  /// Throws `AlignmentError` with the place in the store, or in the configuration, and the way out.
  package init(source: CohortStore, targets: [CohortStore], _ configuration: AlignmentConfiguration) throws {
    precondition(!targets.isEmpty, "an alignment without patients")
    let (source, targets) = (try DomainStore(source), try targets.map(DomainStore.init))
    let (settings, genes) = (configuration.settings, try Self.sharedGenes([source] + targets))
    try Self.checkUnits(source, targets, settings.standardisation)
    let lines = try SourceSelection(source, configuration)
    let patients = try targets.map { try TargetSelection($0, configuration, lines) }
    try TargetSelection.check(patients, targets, batchSize: settings.batchSize)
    let words = patients.reduce(into: Set<String>()) { $0.formUnion($1.tissues) }
    tissues = lines.vocabulary
    tissuesOfSourceAlone = lines.vocabulary.filter { !words.contains($0) }
    tissuesOfTargetAlone = patients.flatMap(\.absent).sorted { $0.word < $1.word }
    (sharedGenes, geneOrder) = (genes, source.geneOrder)
    sourceExpression = try source.expression(of: lines.selection.rows)
    self.source = try lines.selection.domain(
      of: source, sourceExpression,
      ExpressionScaling(
        settings.standardisation, of: sourceExpression, rows: lines.selection.trainingRows, genes: genes),
      genes: genes)
    let raw = try zip(targets, patients).map { try $0.expression(of: $1.selection.rows) }
    let scaling = Self.scaling(settings.standardisation, of: raw, patients.map(\.selection.trainingRows), genes: genes)
    targetScaling = scaling
    self.targets = try zip(raw, zip(targets, patients)).map { expression, parts in
      try parts.1.selection.domain(of: parts.0, expression, scaling, genes: genes)
    }
  }

  /// The scaling of all patients that train, in whichever store.
  private static func scaling(
    _ standardisation: AlignerSettings.Standardisation, of matrices: [Matrix], _ rows: [[Int]], genes: [Bool]
  ) -> ExpressionScaling {
    if matrices.count == 1 {
      return ExpressionScaling(standardisation, of: matrices[0], rows: rows[0], genes: genes)
    }
    let values = zip(matrices, rows).flatMap { matrix, rows in
      rows.flatMap { matrix.values[($0 * matrix.columns)..<(($0 + 1) * matrix.columns)] }
    }
    let all = Matrix(rows: values.count / genes.count, columns: genes.count, values: values)
    return ExpressionScaling(standardisation, of: all, rows: Array(0..<all.rows), genes: genes)
  }

  private static func sharedGenes(_ domains: [DomainStore]) throws -> [Bool] {
    let first = domains[0]
    var shared = first.measured
    for other in domains.dropFirst() {
      guard first.geneOrder == other.geneOrder, first.store.genes == other.store.genes else {
        throw AlignmentError(
          .genes, at: other.place("/uns/therapi/panel_order"),
          "names another order of genes than \(first.place("/uns/therapi/panel_order"))",
          remedy: "ingest the cohorts with the same version of therapi")
      }
      shared = zip(shared, other.measured).map { $0 && $1 }
      guard shared.contains(true) else {
        throw AlignmentError(
          .genes, at: other.place("/var/measured"),
          "shares no measured gene with \(first.place("/var/measured"))",
          remedy: "see how their genes matched: therapi inspect")
      }
    }
    return shared
  }

  private static func checkUnits(
    _ source: DomainStore, _ targets: [DomainStore], _ standardisation: AlignerSettings.Standardisation
  ) throws {
    for target in targets where target.unit != targets[0].unit {
      throw AlignmentError(
        .units, at: target.place("/uns/expression/unit"),
        "is \(target.unit), but \(targets[0].place("/uns/expression/unit")) is \(targets[0].unit)",
        remedy: "align cohorts of different units one by one")
    }
    guard standardisation == .refuseMixed, source.unit != targets[0].unit else { return }
    throw AlignmentError(
      .units, at: targets[0].place("/uns/expression/unit"),
      "is \(targets[0].unit), but \(source.place("/uns/expression/unit")) is \(source.unit)",
      remedy: "set settings.standardisation to per-gene-and-domain or per-sample, or to none to mix them as they are")
  }
}

extension AlignmentDomains {
  /// The same without the patients' expression, which takes more memory than all else: what is left to do after a
  /// training reads it again, store by store.
  var withoutTargetExpression: AlignmentDomains {
    var domains = self
    for index in targets.indices { domains.targets[index].expression = Matrix(rows: 0, columns: sharedGenes.count) }
    return domains
  }

  /// What the trainer takes; the values of one target are shared, those of several copied.
  package var data: AlignerData {
    var (rows, tissues, start) = ([Int](), [Int](), 0)
    for domain in targets {
      rows += domain.trainingRows.map { start + $0 }
      tissues += domain.trainingRows.map { domain.tissues[$0] }
      start += domain.samples.count
    }
    let x = targets.count == 1 ? targets[0].expression.values : targets.flatMap(\.expression.values)
    return AlignerData(
      genes: sharedGenes.count, tissues: self.tissues.count,
      source: .init(x: source.expression.values, tissues: source.tissues),
      target: .init(x: x, rows: rows, tissues: tissues))
  }

  /// Samples of each tissue, in the source and in one target.
  func counts(ofTarget index: Int) -> [AlignmentSummary.Tissue] {
    tissues.enumerated().map { code, name in
      .init(
        name: name, sourceSamples: source.tissues.count { $0 == code },
        targetSamples: targets[index].tissues.count { $0 == code })
    }
  }
}
