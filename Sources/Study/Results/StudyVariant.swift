import Prediction

/// The whole model, or the model without one of its parts.
enum StudyVariant: Hashable {
  case full
  case without(Ablation)

  var name: String {
    switch self {
    case .full: "full"
    case .without(let part): "without-\(part.rawValue)"
    }
  }

  /// For tables.
  var words: String {
    switch self {
    case .full: "THERAPI"
    case .without(.alignment): "without alignment"
    case .without(.rank): "without rank embedding"
    case .without(.perturbation): "without perturbation"
    }
  }

  /// The branch that its predictors lack.
  var branch: PredictorBranch? {
    guard case .without(let part) = self else { return nil }
    return part.branch
  }

  /// Whose predictors score it: the alignment is left out of patients alone.
  var trained: StudyVariant { branch == nil ? .full : self }
}
