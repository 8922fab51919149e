import Problems

/// The patients, all of whom are mapped, and those of them who train.
struct TargetSelection {
  let selection: DomainSelection
  /// Common words for the tissues of all patients.
  let tissues: Set<String>
  /// Words whose tissue no cell line is of, where the run is of all tissues.
  let absent: [TissueWord]

  init(_ domain: DomainStore, _ configuration: AlignmentConfiguration, _ lines: SourceSelection) throws {
    let assignment = try TissueAssignment(domain, configuration.target)
    let isOfOneTissue = configuration.settings.tissue != nil
    absent =
      isOfOneTissue
      ? [] : assignment.words.filter { word in word.tissue.map { lines.codes[$0] == nil } ?? false }
    if configuration.notInSource == .error { try Self.refuse(absent, at: domain, configuration) }
    tissues = Set(assignment.tissues.compactMap { $0 })
    let codes = assignment.tissues.map { $0.flatMap { lines.codes[$0] } ?? -1 }
    let isHeldOut = try Self.heldOut(domain, configuration.training)
    let reasons = codes.indices.map { row -> Exclusion? in
      if isHeldOut[row] { return .heldOut }
      if let reason = assignment.reasons[row] { return reason }
      if codes[row] >= 0 { return nil }
      return isOfOneTissue ? .otherTissue : .notInSource
    }
    let trainingRows = reasons.indices.filter { reasons[$0] == nil }
    let counts = DomainSelection.counts(reasons)
    selection = DomainSelection(
      rows: Array(codes.indices), tissues: codes, trainingRows: trainingRows, words: assignment.words, excluded: counts)
  }

  private static func refuse(
    _ absent: [TissueWord], at domain: DomainStore, _ configuration: AlignmentConfiguration
  ) throws {
    guard !absent.isEmpty else { return }
    let list = absent.map { "\($0.tissue ?? "") ('\($0.word)', \(counted($0.samples, "sample")))" }
    throw AlignmentError(
      .tissues, at: domain.place("/obs/\(configuration.target.column)"),
      "has tissues that no cell line is of: \(list.joined(separator: ", "))",
      remedy: "write target.not-in-source: drop, and their samples do not train; or list the words under drop")
  }

  /// One a sample: whether the rule keeps it for later.
  private static func heldOut(_ domain: DomainStore, _ rule: AlignmentConfiguration.Training) throws -> [Bool] {
    switch rule {
    case .all:
      return domain.obs.index.map { _ in false }
    case .withoutResponses:
      let samples = try domain.samplesWithResponses()
      return domain.obs.index.map(samples.contains)
    case .column(let column, let values):
      let words = try domain.words(in: column, for: "which samples train", .training)
      let known = Set(words)
      guard let value = values.first(where: { !known.contains($0) }) else { return words.map { !values.contains($0) } }
      let some = known.subtracting([""]).sorted().prefix(20).joined(separator: ", ")
      throw AlignmentError(
        .training, at: domain.place("/obs/\(column)"), "is '\(value)' for no sample",
        remedy: "target.train.values must be of its values: \(some)")
    }
  }

  /// Throws where fewer patients train than make a batch, all targets together.
  static func check(_ targets: [TargetSelection], _ domains: [DomainStore], batchSize: Int) throws {
    let count = targets.map(\.selection.trainingRows.count).reduce(0, +)
    guard count < batchSize else { return }
    let excluded = targets.reduce(into: [:]) { $0.merge($1.selection.excluded, uniquingKeysWith: +) }
    let account = excluded.isEmpty ? "" : " (\(DomainSelection.account(of: excluded)))"
    let others = domains.count > 1 ? " and \(counted(domains.count - 1, "other store"))" : ""
    guard count > 0 else {
      throw AlignmentError(
        .training, at: domains[0].place("/obs"), "leaves no sample to train\(others)\(account)",
        remedy: "see target.train and the tissue map in the configuration")
    }
    throw AlignmentError(
      .training, at: domains[0].place("/obs"),
      "leaves \(counted(count, "sample")) to train\(others), fewer than a batch of \(batchSize)\(account)",
      remedy: "set settings.batch-size to \(count) or fewer")
  }
}
