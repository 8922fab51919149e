import Statistics

/// What two tests say of two groups: their scores drug by drug, and the entropies of their mixtures.
package struct GroupComparison: Sendable, Equatable, Encodable {
  package struct Group: Sendable, Equatable, Encodable {
    /// Pairs; patients where entropies are compared.
    package var samples: Int
    package var mean: Estimate<Double>
    package var median: Estimate<Double>
  }

  package struct Row: Sendable, Equatable, Encodable {
    /// The drug, `all drugs` or `entropy`.
    package var name: String
    package var first: Group
    package var second: Group
    package var mannWhitney: Estimate<MannWhitney>
    /// Over the drugs; nil for a test of its own.
    package var mannWhitneyQ: Double?
    package var welch: Estimate<TTest>
    package var welchQ: Double?
  }

  /// Column of obs or of a table, or `label`.
  package var column: String
  /// Words of the two groups.
  package var first: String
  package var second: String
  /// Pairs in neither group.
  package var leftOut: Int
  /// Samples that have no pair in either group.
  package var samplesLeftOut: Int
  /// By drug, logits; q-values are over the drugs.
  package var rows: [Row]
  /// Of all labelled pairs; nil where samples are grouped.
  package var labelled: Row?
  /// Of the mixtures, in nats; nil where no entropy is known.
  package var entropy: Row?

  /// Compares the groups.
  package init(_ groups: ScoredGroups) throws {
    (column, first, second) = (groups.column, groups.first, groups.second)
    (leftOut, samplesLeftOut) = (groups.leftOut, groups.samplesLeftOut)
    rows = try groups.drugs.map { try Self.row($0.name, $0.logits) }
    labelled = try groups.labelled.map { try Self.row("all drugs", $0) }
    entropy = try groups.entropies.map { try Self.row("entropy", $0) }
    setDiscoveryRates()
  }

  /// Drugs are one family; the single tests of all pairs and of the entropy have no q.
  private mutating func setDiscoveryRates() {
    let ranks = FalseDiscovery.qValues(rows.map { $0.mannWhitney.value?.p })
    let means = FalseDiscovery.qValues(rows.map { $0.welch.value?.p })
    for row in rows.indices { (rows[row].mannWhitneyQ, rows[row].welchQ) = (ranks[row], means[row]) }
  }

  private static func row(_ name: String, _ values: ScoredGroups.Values) throws -> Row {
    Row(
      name: name, first: try group(values.first), second: try group(values.second),
      mannWhitney: try MannWhitney.test(values.first, values.second), mannWhitneyQ: nil,
      welch: try TTest.test(values.first, values.second, variances: .separate), welchQ: nil)
  }

  private static func group(_ values: [Double]) throws -> Group {
    guard !values.isEmpty else {
      let reason = "a group has no values"
      return Group(samples: 0, mean: .notEstimable(reason), median: .notEstimable(reason))
    }
    let summary = try Summary(values)
    return Group(samples: values.count, mean: .estimated(summary.mean), median: .estimated(summary.quantile(0.5)))
  }
}
