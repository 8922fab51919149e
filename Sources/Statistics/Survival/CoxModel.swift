import Glibc

/// Cox's proportional hazards model with Efron's treatment of ties (Efron 1977, doi:10.1080/01621459.1977.10480613).
package struct CoxModel: Sendable, Equatable, Codable {
  /// What the model says of one covariate.
  package struct Effect: Sendable, Equatable, Codable {
    /// Natural logarithm of the hazard ratio of one unit more.
    package let coefficient: Double
    package let standardError: Double
    package let hazardRatio: Double
    /// 95 %, by Wald.
    package let interval: Interval
    /// Two-sided, by Wald.
    package let p: Double

    init(coefficient: Double, standardError: Double) {
      (self.coefficient, self.standardError) = (coefficient, standardError)
      hazardRatio = exp(coefficient)
      let width = Tail.normalQuantile * standardError
      interval = Interval(lower: exp(coefficient - width), upper: exp(coefficient + width))
      p = Tail.twoSidedNormal(coefficient / standardError)
    }
  }

  /// In the order of the covariates.
  package let effects: [Effect]
  package let logLikelihood: Double
  package let iterations: Int

  private static let iterationLimit = 100
  /// A linear predictor that ranges over more than this, without a better likelihood, runs to infinity.
  private static let spreadLimit = 25.0

  /// Fits covariates, each a number a sample; strata have baseline hazards of their own.
  ///
  /// Newton's method with halved steps, until a step changes no coefficient by more than 1e-9 standard deviations of
  /// its covariate. Throws `.mismatchedCounts`, `.notFinite`. O(n covariates^2) an iteration.
  package static func fit(
    _ data: SurvivalData, covariates: [[Double]], strata: [Int]? = nil
  ) throws(StatisticsError) -> Estimate<CoxModel> {
    precondition(!covariates.isEmpty, "no covariates")
    guard data.eventCount > 0 else { return .notEstimable("no sample has the event") }
    var (columns, scales): ([[Double]], [Double]) = ([], [])
    for column in covariates {
      try StatisticsError.require(column.count, of: "values of a covariate", for: data.count)
      let summary = try Summary(column)
      guard let scale = summary.standardDeviation, scale > 0 else {
        return .notEstimable("a covariate is the same for all samples")
      }
      columns.append(column.map { ($0 - summary.mean) / scale })
      scales.append(scale)
    }
    let likelihood = PartialLikelihood(
      columns: columns, strata: try EventTimes.strata(of: data, by: strata), data: data)
    return climb(likelihood).map { top in
      let effects = top.coefficients.indices.map {
        Effect(coefficient: top.coefficients[$0] / scales[$0], standardError: top.errors[$0] / scales[$0])
      }
      return CoxModel(effects: effects, logLikelihood: top.value, iterations: top.iterations)
    }
  }

  private struct Top: Sendable, Equatable {
    var coefficients: [Double]
    var errors: [Double]
    var value: Double
    var iterations: Int
  }

  private static func climb(_ likelihood: PartialLikelihood) -> Estimate<Top> {
    var coefficients = [Double](repeating: 0, count: likelihood.columns.count)
    var terms = likelihood.terms(at: coefficients)
    for iteration in 1...iterationLimit {
      guard let factor = CholeskyFactor(terms.information) else {
        return .notEstimable(
          iteration == 1 ? "covariates determine each other, or never differ at an event" : separation)
      }
      let full = factor.solve(terms.gradient)
      let (step, next) = improve(coefficients, full, terms.value, likelihood)
      let gain = next.value - terms.value
      for place in coefficients.indices { coefficients[place] += step[place] }
      terms = next
      let size = step.map(abs).max() ?? 0
      if size < 1e-9, let factor = CholeskyFactor(terms.information) {
        return .estimated(
          Top(
            coefficients: coefficients, errors: factor.inverseDiagonal.map { $0.squareRoot() }, value: terms.value,
            iterations: iteration))
      }
      if gain < 1e-6, size > 0.1, likelihood.spread(coefficients) > spreadLimit { return .notEstimable(separation) }
    }
    return .notEstimable("Newton's method did not converge in \(iterationLimit) iterations")
  }

  private static let separation =
    "the hazard ratio has no bound: a covariate tells all who have the event from those at risk with them"

  /// Halves a step until the likelihood is no worse.
  private static func improve(
    _ coefficients: [Double], _ full: [Double], _ value: Double, _ likelihood: PartialLikelihood
  ) -> ([Double], PartialLikelihood.Terms) {
    var step = full
    var next = likelihood.terms(at: zip(coefficients, step).map(+))
    for _ in 0..<40 where !(next.value >= value - 1e-12 * abs(value)) {
      step = step.map { $0 / 2 }
      next = likelihood.terms(at: zip(coefficients, step).map(+))
    }
    return (step, next)
  }
}
