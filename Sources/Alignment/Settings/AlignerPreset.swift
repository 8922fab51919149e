/// A whole set of settings; where the paper and its published code differ, there is one for each.
package enum AlignerPreset: String, Sendable, CaseIterable {
  /// As the paper describes it (facts of each difference: docs/fidelity.md).
  case paper
  /// As the published code does it.
  case reference

  /// Every setting.
  package var settings: AlignerSettings {
    switch self {
    case .paper:
      AlignerSettings(
        reconstructionWeight: 0.2, classificationWeight: 0.8, centerWeight: 0.4, scoreScaling: .plain,
        reconstructionLoss: .squaredNorm, centerLoss: .sum, centers: .trained, seed: 42)
    case .reference:
      AlignerSettings(
        reconstructionWeight: 0.2, classificationWeight: 0.4, centerWeight: 0.8, scoreScaling: .rootLatent,
        reconstructionLoss: .mean, centerLoss: .mean, centers: .fixed, seed: 0)
    }
  }
}
