import Formats

/// A training that goes epoch by epoch, and can be kept on the disk between two of them.
protocol EpochTraining {
  /// The most epochs that it may take.
  var mostEpochs: Int { get }
  /// Epochs that are done.
  var epochs: Int { get }
  var isFinished: Bool { get }
  /// What the last epoch came to, in a few words; empty before the first.
  var outcome: String { get }

  /// Throws `EmbeddingError` where the loss is no number any more.
  mutating func runEpoch() throws

  /// All that the next epoch depends on.
  func state() throws -> SafetensorsFile

  /// Goes on from a state; throws `EmbeddingError` `.checkpoint` for one of other data or settings.
  mutating func resume(from file: SafetensorsFile) throws
}
