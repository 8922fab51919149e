import Glibc

/// A learning rate that falls along half a cosine (Loshchilov and Hutter 2017, equation 5), as PyTorch's
/// `CosineAnnealingLR` does.
package struct CosineSchedule: Sendable, Equatable, Codable {
  package var initial: Double
  package var least: Double
  /// Epochs from the initial rate to the least one.
  package var epochs: Int

  package init(initial: Double, least: Double = 0, epochs: Int) {
    precondition(epochs > 0, "a schedule over \(epochs) epochs")
    (self.initial, self.least, self.epochs) = (initial, least, epochs)
  }

  /// The rate of an epoch, counted from 0; behind the last it rises again the way it fell.
  package func rate(at epoch: Int) -> Double {
    least + (initial - least) * (1 + cos(.pi * Double(epoch) / Double(epochs))) / 2
  }
}
