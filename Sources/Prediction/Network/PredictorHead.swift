/// How one number is made of the branches' results; the paper and its published code differ.
package enum PredictorHead: String, Sendable, Codable, CaseIterable {
  /// One hidden layer: Linear, ReLU, Linear.
  case paper
  /// Two hidden layers, Dropout behind both, BatchNorm in the first.
  case reference

  /// Widths of the hidden layers.
  package var widths: [Int] {
    switch self {
    case .paper: [128]
    case .reference: [256, 128]
    }
  }
}
