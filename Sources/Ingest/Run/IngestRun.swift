import Cohorts
import Expression
import Formats
import Foundation
import Genes
import Logging
import Problems
import Responses
import Runs
import Sources

/// One run of a configuration: from the portals' files to a cohort in memory, and to its store.
package struct IngestRun {
  package let configuration: IngestConfiguration
  private let progress: (any RunProgress)?
  private let logger: Logger

  package init(_ configuration: IngestConfiguration, progress: (any RunProgress)? = nil, logger: Logger) {
    self.configuration = configuration
    self.progress = progress
    self.logger = logger
  }

  /// Makes the cohort and writes it to `path`, in place of a store that may be there; throws what `cohort` and
  /// `Cohort.write` throw.
  package func commit(to path: String) throws -> IngestReport {
    // Beside the reading, as nothing is written before its end.
    Thread.detachNewThread { Cohort.prepareToWrite() }
    var (cohort, report) = try cohort()
    progress?.begin("writing \(path)")
    try cohort.write(to: path)
    report.store = path
    logger.info("wrote the store", metadata: ["path": "\(path)", "samples": "\(report.samples)"])
    return report
  }

  /// Makes the cohort in memory, with an account of everything that is not in it.
  ///
  /// Throws a `Problem` for whatever is wrong with the configuration's files.
  package func cohort() throws -> (cohort: Cohort, report: IngestReport) {
    let start = ContinuousClock.now
    let inputs = InputLedger(root: configuration.root)
    var drops = DropLog()
    var (cohort, report) =
      try configuration.kind == .genePanel
      ? panelCohort(inputs, &drops) : expressionCohort(inputs, &drops)
    cohort.uns["provenance"] = try Provenance(configuration, inputs: inputs.entries(), drops: drops).value
    report.dropped = drops.sortedCounts
    report.seconds = (ContinuousClock.now - start) / .seconds(1)
    return (cohort, report)
  }

  // MARK: Expression

  private func expressionCohort(
    _ inputs: InputLedger, _ drops: inout DropLog
  ) throws -> (cohort: Cohort, report: IngestReport) {
    guard let source = configuration.expression else { preconditionFailure("a cohort without expression") }
    let reader = ExpressionReader(configuration: source, inputs: inputs, progress: progress)
    let measured = try MeasuredMatrix(reader, drops: &drops)
    progress?.begin("choosing samples and genes")
    let path = inputs.path(of: source.files[0])
    let selection = SampleSelection(rules: configuration.samples, path: path)
    var samples = try selection.samples(from: measured.matrix.columns, list: list(inputs), drops: &drops)
    var annotation = try SampleAnnotator(configuration: configuration, inputs: inputs)
      .annotation(of: samples, drops: &drops)
    try ConditionFilter(rules: configuration.samples, file: configuration.file)
      .apply(to: &samples, &annotation, drops: &drops)
    let panel = try measured.panel(
      of: &samples, annotation: &annotation, collapse: source.collapse,
      gaps: GapRule(rule: source.gaps, path: path), drops: &drops)
    let table = try DrugTable(configuration.drugs, inputs: inputs)
    let responses = try ResponseReader(
      configuration, inputs: inputs, annotation: annotation, drugs: table.names
    ).table(drops: &drops)
    let assembly = CohortAssembly(
      configuration: configuration, measured: measured, panel: panel, samples: samples, annotation: annotation,
      responses: responses, drugs: table)
    return (assembly.cohort, assembly.report)
  }

  private func list(_ inputs: InputLedger) throws -> Set<String>? {
    guard let name = configuration.samples.list else { return nil }
    let lines = LineReader(try inputs.open(name, role: "list of samples").source(), path: inputs.path(of: name))
    var ids: Set<String> = []
    while let line = try lines.next() {
      let id = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespaces)
      if !id.isEmpty { ids.insert(id) }
    }
    return ids
  }

  // MARK: Panel

  /// A store without samples, whose genes show how a list matches the panel.
  private func panelCohort(
    _ inputs: InputLedger, _ drops: inout DropLog
  ) throws -> (cohort: Cohort, report: IngestReport) {
    guard let name = configuration.panel else { preconditionFailure("a gene panel without a list") }
    let list = try LandmarkList(inputs.open(name, role: "gene list"))
    let match = try PanelMatch(list, path: inputs.path(of: name), drops: &drops)
    return (match.cohort(configuration), match.report(configuration))
  }
}
