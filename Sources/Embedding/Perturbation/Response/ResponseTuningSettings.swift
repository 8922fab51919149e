/// Every choice of a tuning of a perturbation model to drug response.
package struct ResponseTuningSettings: Sendable, Equatable, Codable {
  /// Whether the model's weights change too, or the head's alone.
  package enum Weights: String, Sendable, Codable, CaseIterable { case frozen, free }

  /// What is held out as a whole.
  package enum HoldOut: String, Sendable, Codable, CaseIterable {
    /// Pairs, whose cell line and drug are both known from other pairs: the easiest, and the paper's.
    case pairs
    /// Cell lines, with all their pairs.
    case samples
    /// Drugs, with all their pairs.
    case drugs
  }

  package var weights = Weights.frozen
  package var holdOut = HoldOut.samples
  /// Of every random number of the run; not negative.
  package var seed = 42
  /// Epochs over which the learning rate falls along half a cosine.
  package var epochs = 30
  package var batchSize = 256
  /// Of Adam in the first epoch.
  package var learningRate = 1e-3
  /// Epochs without a better loss on the validation pairs after which training ends.
  package var patience = 10
  /// Width of the head's three branches; the layer before the last has an eighth.
  package var width = 512
  /// Of the head; the model itself has none.
  package var dropout: Float = 0.1
  /// Share of pairs, samples or drugs that decides when to stop, and that which is never looked at till then.
  package var validationShare = 0.1
  package var testShare = 0.1

  package init() {}
}
