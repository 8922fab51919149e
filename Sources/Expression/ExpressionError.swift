import Problems

/// What is wrong with the values of an expression table, or with what is said of their unit.
package typealias ExpressionError = Fault<ExpressionFault>

/// The kinds of `ExpressionError`.
package enum ExpressionFault: FaultKind {
  /// The words for a unit are no unit.
  case unknownUnit
  /// The values contradict the declared unit.
  case contradiction
  /// Several units fit the values, or none does.
  case undecided
  /// There are no values, or some are infinite.
  case unusableValues
  /// The unit can only be converted with what was not given: gene lengths, or every gene of a sample.
  case notConvertible
}
