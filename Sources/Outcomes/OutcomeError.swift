import Problems

/// Why outcomes cannot be compared as asked.
package typealias OutcomeError = Fault<OutcomeFault>

/// The kinds of `OutcomeError`.
package enum OutcomeFault: FaultKind {
  /// A store or a table lacks a column that is needed.
  case missingColumn
  /// A column holds what it may not, such as a negative time.
  case unsuitable
  /// One sample stands in two stores that are taken together.
  case repeatedSample
  /// A block that the store has was made of other data.
  case stale
  /// Nothing is left to compare, or not two groups.
  case nothingToCompare
  case unwritable

  package var origin: Origin { self == .unwritable ? .program : .input }
}
