/// A whole set of settings; where the paper and its published code differ, there is one for each.
package enum PredictorPreset: String, Sendable, Codable, CaseIterable {
  /// As the paper describes it (facts of each difference: docs/fidelity.md).
  case paper
  /// As the published code does it.
  case reference

  /// Every setting.
  package var settings: PredictorSettings {
    switch self {
    case .paper: PredictorSettings(head: .paper, seed: 42)
    case .reference: PredictorSettings(head: .reference, seed: 0)
    }
  }
}
