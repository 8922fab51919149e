/// The paper's labels: 1 where a sample's pIC50 is above the mean of the drug over all its samples.
///
/// That is the same as an LN_IC50 below the drug's mean.
package struct ResponseLabels: Sendable, Equatable {
  /// One label a response, in their order.
  package let labels: [Bool]
  /// Mean pIC50 by drug.
  package let means: [String: Double]

  /// Labels responses that hold each pair once, so that no sample counts twice.
  package init(_ responses: [DrugResponse]) {
    var sums: [String: (sum: Double, count: Int)] = [:]
    for response in responses {
      sums[response.drug, default: (0, 0)].sum += response.pIC50
      sums[response.drug, default: (0, 0)].count += 1
    }
    let means = sums.mapValues { $0.sum / Double($0.count) }
    labels = responses.map { $0.pIC50 > means[$0.drug] ?? .infinity }
    self.means = means
  }
}
