import Problems

/// The cell lines that take part.
struct SourceSelection {
  let selection: DomainSelection
  /// Their tissues by alphabet.
  let vocabulary: [String]
  /// Places in the vocabulary by tissue.
  let codes: [String: Int]

  init(_ domain: DomainStore, _ configuration: AlignmentConfiguration) throws {
    let assignment = try TissueAssignment(domain, configuration.source)
    var reasons = assignment.reasons
    if let tissue = configuration.settings.tissue {
      guard assignment.tissues.contains(tissue) else {
        let known = Set(assignment.tissues.compactMap { $0 }).sorted()
        throw AlignmentError(
          .tissues, at: domain.place("/obs/\(configuration.source.column)"),
          "has no cell line of the tissue '\(tissue)'",
          remedy: "set settings.tissue to one of \(known.joined(separator: ", "))")
      }
      for (row, other) in assignment.tissues.enumerated() where other != tissue && reasons[row] == nil {
        reasons[row] = .otherTissue
      }
    }
    let rows = reasons.indices.filter { reasons[$0] == nil }
    let counts = DomainSelection.counts(reasons)
    guard !rows.isEmpty else {
      throw AlignmentError(
        .tissues, at: domain.place("/obs/\(configuration.source.column)"),
        "leaves no cell line (\(DomainSelection.account(of: counts)))", remedy: "name another column, or mend the map")
    }
    let tissues = rows.map { assignment.tissues[$0] ?? "" }
    vocabulary = Set(tissues).sorted()
    let codes = Dictionary(uniqueKeysWithValues: vocabulary.enumerated().map { ($1, $0) })
    self.codes = codes
    selection = DomainSelection(
      rows: rows, tissues: tissues.map { codes[$0] ?? -1 }, trainingRows: Array(rows.indices), words: assignment.words,
      excluded: counts)
  }
}
