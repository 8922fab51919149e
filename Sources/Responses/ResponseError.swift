import Problems

/// What is wrong with measured drug responses, or with the rules that turn them into labels.
package typealias ResponseError = Fault<ResponseFault>

/// The kinds of `ResponseError`.
package enum ResponseFault: FaultKind {
  /// A sample was measured with a drug more than once, and the rule allows none.
  case repeatedPair
  /// A table of words or synonyms contradicts itself.
  case contradictoryTable
}
