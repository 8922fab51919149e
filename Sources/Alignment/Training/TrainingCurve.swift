/// The terms of the loss over the epochs of a training.
package struct TrainingCurve: Sendable, Equatable {
  /// One epoch: the mean of each term over its patients, before the weights, and of the whole.
  package struct Epoch: Sendable, Equatable {
    package var terms: [AlignerTerm: Double]
    package var total: Double
  }

  package private(set) var epochs: [Epoch] = []

  package init() {}

  package mutating func append(_ epoch: Epoch) { epochs.append(epoch) }

  /// Number of the epoch with the smallest total, counted from 1; 0 before the first.
  package var best: Int {
    epochs.indices.min { epochs[$0].total < epochs[$1].total }.map { $0 + 1 } ?? 0
  }

  /// The names of the columns of `rows`.
  package static let columns = ["total"] + AlignerTerm.allCases.map(\.rawValue)

  /// One row an epoch; nil for a term that the training does not have.
  package var rows: [[Double?]] {
    epochs.map { epoch in [epoch.total] + AlignerTerm.allCases.map { epoch.terms[$0] } }
  }

  /// From rows as `rows` gives them; nil where they are of another width or without a total.
  package init?(rows: [[Double?]]) {
    for row in rows {
      guard row.count == TrainingCurve.columns.count, let total = row[0] else { return nil }
      let terms = zip(AlignerTerm.allCases, row.dropFirst()).compactMap { term, value in value.map { (term, $0) } }
      append(Epoch(terms: Dictionary(uniqueKeysWithValues: terms), total: total))
    }
  }
}
