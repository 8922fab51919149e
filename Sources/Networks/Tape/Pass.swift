import Randomness

/// What a pass through the layers is for: those that differ in training take it as an argument.
///
/// A pass in training brings the random numbers that it needs; afterwards `random` is where the next one goes on.
package struct Pass: Sendable, Equatable {
  /// The generator of a pass in training; nil in evaluation, which draws nothing.
  package var random: SeededRandom?

  private init(random: SeededRandom?) { self.random = random }

  package static let evaluation = Pass(random: nil)

  package static func training(_ random: SeededRandom) -> Pass { Pass(random: random) }

  package var isTraining: Bool { random != nil }
}
