/// A measure over the folds of a cross-validation.
package struct FoldSummary: Sendable, Equatable, Codable {
  package let mean: Estimate<Double>
  /// Of a sample: divided by the number of folds less one.
  package let standardDeviation: Estimate<Double>
  /// Folds that gave a figure.
  package let folds: Int
  /// Folds that gave none, which mean and deviation leave out.
  package let notEstimable: Int

  /// Takes the measure of each fold.
  package init(_ values: [Estimate<Double>]) {
    let known = values.compactMap(\.value)
    (folds, notEstimable) = (known.count, values.count - known.count)
    guard !known.isEmpty else {
      let reason = values.first?.reason.map { "in no fold: \($0)" } ?? "there is no fold"
      (mean, standardDeviation) = (.notEstimable(reason), .notEstimable(reason))
      return
    }
    let mean = known.reduce(0, +) / Double(known.count)
    let squares = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = .estimated(mean)
    standardDeviation =
      known.count > 1
      ? .estimated((squares / Double(known.count - 1)).squareRoot())
      : .notEstimable("one fold has no spread")
  }
}
