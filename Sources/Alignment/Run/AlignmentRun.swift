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
    try checkPaths()
    let lanes = Lanes(lanes)
    let (domains, file) = try train(lanes, restarts: restarts)
    let map = try file.map(lanes: lanes)
    let patients = zip(targets, domains.targets).map { PatientCohort($1, at: $0, genes: domains.sharedGenes) }
    progress?.begin("measuring the alignment")
    let judged = try AlignmentJudgement(domains, patients, lineLatents: file.lineLatents, map, lanes: lanes)
    let entropies = try fill(domains, patients, file, map, judged)
    return try AlignmentReport(
      domains, file, judged, entropies, checkpoint: checkpoint, source: source, targets: targets,
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  /// Throws where one store is named twice: it cannot be both sides, and its patients would count double.
  private func checkPaths() throws {
    var seen: Set<String> = []
    for path in [source] + targets {
      guard seen.insert(URL(fileURLWithPath: path).resolvingSymlinksInPath().path).inserted else {
        throw AlignmentError(
          .repeated, at: Place(path), "is named twice", remedy: "name each store once, as the source or as a target")
      }
    }
  }

  // MARK: Training

  /// What the stores hold, and the aligner of them.
  private func train(_ lanes: Lanes, restarts: Bool) throws -> (AlignmentDomains, AlignerFile) {
    progress?.begin("reading the stores")
    let domains = try AlignmentDomains(
      source: CohortStore(source), targets: targets.map { try CohortStore($0) }, configuration)
    let file = try trained(domains, lanes, restarts: restarts)
    return (domains.withoutTargetExpression, file)
  }

  private func trained(_ domains: AlignmentDomains, _ lanes: Lanes, restarts: Bool) throws -> AlignerFile {
    let data = domains.data
    var header = AlignerHeader(configuration, domains)
    header.key = try TrainingKey(header, domains, data).sha256
    let session = TrainingSession(path: checkpoint, progress: progress, logger: logger)
    if let former = try former() {
      if former.header.key == header.key, !restarts {
        logger.notice(
          "the checkpoint is of these data and settings: nothing to train", metadata: ["path": "\(checkpoint)"])
        // Left where a run ended between writing the one and taking the other away.
        try session.removeState(of: header.key)
        return former
      }
      logger.notice(
        "replacing \(checkpoint), once this training is done",
        metadata: ["reason": former.header.key == header.key ? "--restart" : "it is of other data or settings"])
    }
    let training = AlignerTraining(data, settings: configuration.settings, lanes: lanes)
    do {
      header = try session.run(training, header: header, restarts: restarts)
    } catch let error as AlignmentError where error.kind == .diverged {
      throw AlignmentError(
        .diverged, at: Place(configuration.file, field: "settings"), error.cause, remedy: error.remedy)
    }
    progress?.begin("writing \(checkpoint)")
    let file = try AlignerFile(training, domains, header: header)
    try file.write(to: checkpoint)
    try session.removeState()
    return file
  }

  /// The aligner that stands where the checkpoint is to go; nothing else is ever replaced.
  private func former() throws -> AlignerFile? {
    guard FileManager.default.fileExists(atPath: checkpoint) else { return nil }
    do {
      return try AlignerFile(reading: checkpoint)
    } catch let problem as any Problem {
      throw AlignmentError(
        .checkpoint, at: problem.place ?? Place(checkpoint),
        "\(problem.cause); what is no aligner's checkpoint is not replaced",
        remedy: "give another --output, or move the file away")
    }
  }

  // MARK: Stores

  /// Returns the entropies of the patients' weights, by target.
  private func fill(
    _ domains: AlignmentDomains, _ patients: [PatientCohort], _ file: AlignerFile, _ map: AlignmentMap,
    _ judged: AlignmentJudgement
  ) throws -> [[Double]] {
    let cache = AlignmentCache(
      file: file, map: map, checkpoint: URL(fileURLWithPath: checkpoint).lastPathComponent)
    var entropies: [[Double]] = []
    var missing = (targets + [source])[...]
    do {
      for (index, patients) in patients.enumerated() {
        try Task.checkCancellation()
        let summary = try AlignmentSummary(
          of: file, cache.checkpoint, tissues: domains.counts(ofTarget: index), measures: judged.measures)
        entropies.append(try cache.fill(patients, summary, progress: progress))
        missing.removeFirst()
      }
      try Task.checkCancellation()
      progress?.begin("writing \(source)")
      var whole = try CohortStore(source).matrix()
      domains.source.scaling.apply(to: &whole, genes: domains.sharedGenes)
      try cache.write(sourceLatents: map.latents(of: whole.values), input: domains.source.input, to: source)
    } catch {
      logger.warning(
        "the checkpoint is there, but not written to: \(missing.joined(separator: ", ")); the same command does that, without training"
      )
      throw error
    }
    return entropies
  }
}
