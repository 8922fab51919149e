/// An error that says what went wrong, where, and what to do about it.
///
/// Each module has one error type that conforms; commands turn it into a message and an exit code.
package protocol Problem: Error, Sendable, CustomStringConvertible {
  /// Where it happened, if it happened in a file.
  var place: Place? { get }
  /// What is wrong, as one sentence without a full stop.
  var cause: String { get }
  /// What the reader can do about it.
  var remedy: String? { get }
  /// Whether the input or the program is to blame.
  var origin: Origin { get }
}

/// Who is to blame for a problem; decides the exit code.
package enum Origin: Sendable {
  /// Bad input: exit code 2.
  case input
  /// A failure of ours or of the machine: exit code 1.
  case program
}

extension Problem {
  /// `place: cause`, then the remedy on a line of its own.
  package var description: String {
    let head = place.map { "\($0): \(cause)" } ?? cause
    return remedy.map { "\(head)\n  remedy: \($0)" } ?? head
  }
}
