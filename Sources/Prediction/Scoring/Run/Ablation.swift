/// A part of the method that can be left out, to see what it is worth.
package enum Ablation: String, Sendable, CaseIterable {
  /// Patients' own expression in place of the aligned one.
  case alignment
  case rank
  case perturbation

  /// The branch of the predictors that is left out; nil for the alignment.
  package var branch: PredictorBranch? {
    switch self {
    case .alignment: nil
    case .rank: .rank
    case .perturbation: .perturbation
    }
  }
}
