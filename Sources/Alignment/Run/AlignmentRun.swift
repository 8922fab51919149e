import Cohorts
import Foundation
import Logging
import Matrices
import Problems
import Runs

/// Trains an aligner on a store of cell lines and stores of patients, and writes what it makes of them back.
package struct AlignmentRun {
  package let configuration: AlignmentConfiguration
  /// Path of the cell lines' store.
  package let source: String
  /// Paths of the patients' stores.
  package let targets: [String]
  /// Where the checkpoint goes.
  package let checkpoint: String
  private let lanes: Int
  private let progress: (any RunProgress)?
  private let logger: Logger

  package init(
    _ configuration: AlignmentConfiguration, source: String, targets: [String], checkpoint: String, lanes: Int = 2,
    progress: (any RunProgress)? = nil, logger: Logger
  ) {
    precondition(!targets.isEmpty, "an alignment without patients")
    (self.configuration, self.source, self.targets, self.checkpoint) = (configuration, source, targets, checkpoint)
    (self.lanes, self.progress, self.logger) = (lanes, progress, logger)
  }

  /// Trains, or takes the checkpoint of the same data and settings that is there already, and fills the stores.
  ///
  /// `restarts` throws an unfinished training and a checkpoint away. Throws a `Problem` for what is wrong with stores,
  /// configuration or files, and `CancellationError`.
  package func run(restarts: Bool = false) throws -> AlignmentReport {
    let start = ContinuousClock.now
    progress?.begin("reading the stores")
    let domains = try AlignmentDomains(
      source: CohortStore(source), targets: targets.map { try CohortStore($0) }, configuration)
    let lanes = Lanes(lanes)
    let file = try trained(domains, lanes: lanes, restarts: restarts)
    let map = try file.map(lanes: lanes)
    var mixtures: [AlignmentMap.Mixtures] = []
    for (path, domain) in zip(targets, domains.targets) {
      mixtures.append(
        try map.mixtures(of: domain.expression.values, rows: domain.samples.count) { done in
          progress?.advance(
            RunStep("mapping \(path)", done: done, total: domain.samples.count, unit: .things("samples")))
        })
    }
    progress?.begin("measuring the alignment")
    let judged = try AlignmentJudgement(domains, lineLatents: file.lineLatents, mixtures)
    try fill(domains, file, map, mixtures, judged)
    return try AlignmentReport(
      domains, file, judged, mixtures, checkpoint: checkpoint, source: source, targets: targets,
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  // MARK: Training

  private func trained(_ domains: AlignmentDomains, lanes: Lanes, restarts: Bool) throws -> AlignerFile {
    let data = domains.data
    var header = AlignerHeader(configuration, domains, key: TrainingKey(data, configuration.settings).sha256)
    let session = TrainingSession(path: checkpoint, progress: progress, logger: logger)
    if !restarts, let finished = try finished(header.key) {
      logger.notice(
        "the checkpoint is of these data and settings: nothing to train", metadata: ["path": "\(checkpoint)"])
      return finished
    }
    let training = AlignerTraining(data, settings: configuration.settings, lanes: lanes)
    header = try session.run(training, header: header, restarts: restarts)
    progress?.begin("writing \(checkpoint)")
    let file = AlignerFile(training, domains, header: header)
    try file.write(to: checkpoint)
    try session.removeState()
    return file
  }

  /// The checkpoint that is there, if it is of this training; one of another is replaced only by a new one.
  private func finished(_ key: String) throws -> AlignerFile? {
    guard FileManager.default.fileExists(atPath: checkpoint) else { return nil }
    let file = try AlignerFile(reading: checkpoint)
    return file.header.key == key ? file : nil
  }

  // MARK: Stores

  private func fill(
    _ domains: AlignmentDomains, _ file: AlignerFile, _ map: AlignmentMap, _ mixtures: [AlignmentMap.Mixtures],
    _ judged: AlignmentJudgement
  ) throws {
    let cache = AlignmentCache(file: file, checkpoint: URL(fileURLWithPath: checkpoint).lastPathComponent)
    for (index, path) in targets.enumerated() {
      progress?.begin("writing \(path)")
      let summary = try AlignmentSummary(
        of: file, cache.checkpoint, tissues: domains.counts(ofTarget: index), measures: judged.measures)
      try cache.write(mixtures[index], summary, input: domains.targets[index].input, to: path)
    }
    progress?.begin("writing \(source)")
    var whole = try CohortStore(source).matrix()
    domains.source.scaling.apply(to: &whole, genes: domains.sharedGenes)
    try cache.write(sourceLatents: map.latents(of: whole.values), input: domains.source.input, to: source)
  }
}
