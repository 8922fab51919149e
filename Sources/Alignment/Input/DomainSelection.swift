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

  /// Reads the rows and scales them.
  func domain(
    of domain: DomainStore, genes: [Bool], _ standardisation: AlignerSettings.Standardisation
  ) throws -> PreparedDomain {
    var expression = try domain.expression(of: rows)
    let scaling = ExpressionScaling(standardisation, of: expression, rows: trainingRows, genes: genes)
    scaling.apply(to: &expression, genes: genes)
    return PreparedDomain(
      samples: rows.map { domain.obs.index[$0] }, expression: expression, tissues: tissues, trainingRows: trainingRows,
      unit: domain.unit, scaling: scaling, words: words, excluded: excluded)
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
