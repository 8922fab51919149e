/// Ends a training whose loss on the validation set has not fallen for some epochs, and knows the best one.
package struct EarlyStopping: Sendable, Equatable, Codable {
  package struct Best: Sendable, Equatable, Codable {
    /// Counted from 0.
    package let epoch: Int
    package let loss: Double
  }

  /// Epochs without improvement after which it ends.
  package let patience: Int
  /// What a loss must fall by to be an improvement.
  package let leastFall: Double
  /// Nil before the first loss that is finite.
  package private(set) var best: Best?
  /// Epochs so far.
  package private(set) var epochs = 0

  package init(patience: Int, leastFall: Double = 0) {
    precondition(patience > 0 && leastFall >= 0, "a patience of \(patience) epochs, a fall of \(leastFall)")
    (self.patience, self.leastFall) = (patience, leastFall)
  }

  /// Takes the loss of the next epoch, and tells whether it is the best so far; what is not finite never is.
  package mutating func take(_ loss: Double) -> Bool {
    defer { epochs += 1 }
    guard loss.isFinite, best.map({ loss < $0.loss - leastFall }) ?? true else { return false }
    best = Best(epoch: epochs, loss: loss)
    return true
  }

  package var isOver: Bool { epochs - (best.map { $0.epoch + 1 } ?? 0) >= patience }
}
