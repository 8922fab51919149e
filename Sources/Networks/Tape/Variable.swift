/// A tensor on a tape: what operations take and give.
///
/// It must not outlive its tape.
package struct Variable {
  package internal(set) var value: Tensor
  /// Its number on the tape; nil for a constant, which no gradient reaches.
  let node: Int?
  unowned let tape: Tape

  package var shape: [Int] { value.shape }

  /// Whether a gradient may be wanted for it; in a backward pass, whether it is.
  package var needsGradient: Bool { node.map(tape.needsGradient) ?? false }

  /// The same numbers as a constant.
  package var detached: Variable { Variable(value: value, node: nil, tape: tape) }
}
