/// Which of a store's matrices is the expression before the drug.
package enum ExpressionLayer: String, Sendable, CaseIterable {
  /// The cohort's own.
  case x = "X"
  /// What the aligner made of it.
  case aligned
}
