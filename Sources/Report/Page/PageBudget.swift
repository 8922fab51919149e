/// How much of the predictions the page itself holds.
package struct PageBudget: Sendable, Equatable {
  /// Pairs of a patient and a drug; each takes 8 bytes.
  package var pairs: Int
  /// Cell lines of a mixture.
  package var components: Int

  package init(pairs: Int = 400_000, components: Int = 10) {
    precondition(pairs > 0 && components > 0, "a page without predictions")
    (self.pairs, self.components) = (pairs, components)
  }
}
