import Cohorts

/// Which rows of a store are taken, and which of those train.
struct DomainSelection {
  /// Rows of the store that are taken, ascending.
  let rows: [Int]
  /// One a row that is taken.
  let tissues: [Int]
  /// Places in `rows`.
  let trainingRows: [Int]
  let words: [TissueWord]
  let excluded: [Exclusion: Int]

  /// Scales the expression of the rows.
  func domain(
    of domain: DomainStore, _ expression: Matrix, _ scaling: ExpressionScaling, genes: [Bool]
  ) throws -> PreparedDomain {
    var scaled = expression
    scaling.apply(to: &scaled, genes: genes)
    return PreparedDomain(
      cohort: domain.name, samples: rows.map { domain.obs.index[$0] }, expression: scaled, tissues: tissues,
      trainingRows: trainingRows, unit: domain.unit, input: try domain.store.inputFingerprint(), scaling: scaling,
      words: words, excluded: excluded)
  }

  /// Number of samples by the reason that keeps them out.
  static func counts(_ reasons: [Exclusion?]) -> [Exclusion: Int] {
    reasons.reduce(into: [:]) { counts, reason in
      if let reason { counts[reason, default: 0] += 1 }
    }
  }

  /// The reasons in words, for an error.
  static func account(of counts: [Exclusion: Int]) -> String {
    Exclusion.allCases.compactMap { reason in
      counts[reason].map { "\(counted($0, "sample")): \(reason.rawValue)" }
    }.joined(separator: "; ")
  }
}
