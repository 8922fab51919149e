/// What stays together when pairs are dealt to folds: what a fold is tested on, its training has not seen.
package enum SplitRule: String, Sendable, Codable, CaseIterable {
  /// Nothing: pairs at random, as the paper does. Every line and every drug of a test is in its training too.
  case pair
  /// All pairs of a cell line.
  case line
  /// All pairs of a drug.
  case drug
  /// All pairs of a tissue's lines.
  case tissue
}
