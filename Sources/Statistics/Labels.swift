/// One label a sample, such as its tissue or the domain that it comes from.
package struct Labels: Sendable, Equatable {
  /// Each label once, sorted.
  package let names: [String]
  /// The position of each sample's label in `names`; -1 for a sample without one.
  package let codes: [Int]

  /// Takes a label for each sample, "" where there is none.
  package init(_ values: [String]) {
    names = Set(values).subtracting([""]).sorted()
    let code = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    codes = values.map { code[$0] ?? -1 }
  }

  package var count: Int { codes.count }

  /// Number of samples with a label.
  var labelled: Int { codes.count { $0 >= 0 } }

  /// How many of some samples have each label; throws `.unlabelled` at one that has none.
  func counts(of samples: [Int]) throws(StatisticsError) -> [Int] {
    var counts = [Int](repeating: 0, count: names.count)
    for sample in samples {
      guard codes[sample] >= 0 else {
        throw StatisticsError(.unlabelled, at: nil, "sample \(sample + 1) has no label")
      }
      counts[codes[sample]] += 1
    }
    return counts
  }
}
