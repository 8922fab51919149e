import Randomness

/// How the rows of a data set are dealt out in batches, in a new random order in each epoch.
///
/// All its state is the generator's: with that as it was before an epoch, the epoch comes out the same.
package struct BatchOrder: Sendable, Equatable, Codable {
  /// Rows of the data set.
  package var count: Int
  package var batchSize: Int
  /// Whether the rows that are left over at the end of an epoch make a smaller batch, or stay out of that epoch.
  package var keepsRest: Bool

  package init(count: Int, batchSize: Int, keepsRest: Bool) {
    precondition(count >= 0 && batchSize > 0, "\(count) rows in batches of \(batchSize)")
    (self.count, self.batchSize, self.keepsRest) = (count, batchSize, keepsRest)
  }

  /// Batches of an epoch.
  package var batches: Int { keepsRest ? (count + batchSize - 1) / batchSize : count / batchSize }

  /// The batches of the next epoch: each the numbers of its rows.
  package func epoch(using generator: inout some RandomNumberGenerator) -> [ArraySlice<Int>] {
    let order = generator.permutation(count)
    return (0..<batches).map { order[$0 * batchSize..<min(($0 + 1) * batchSize, count)] }
  }
}
