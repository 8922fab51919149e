/// Predicted responses and heterogeneity of two groups of patients set side by side.
package struct ComparisonContent: Codable, Sendable, Equatable {
  /// Such as `MSI against MSS`.
  package var title: String
  package var method: String
  package var firstGroup: String
  package var secondGroup: String
  /// Patients in neither group.
  package var leftOut: Int
  package var rows: [Row]
  /// Why there are no rows.
  package var reason: String?

  package init(
    title: String, method: String, firstGroup: String, secondGroup: String, leftOut: Int = 0, rows: [Row] = [],
    reason: String? = nil
  ) {
    self.title = title
    self.method = method
    self.firstGroup = firstGroup
    self.secondGroup = secondGroup
    self.leftOut = leftOut
    self.rows = rows
    self.reason = reason
  }

  /// What is compared, in the unit of its medians and means.
  package enum Kind: String, Codable, Sendable {
    /// Entropies of the patients' mixtures, in nats.
    case entropy
    /// Log odds of all pairs with a known response.
    case all
    /// Log odds of a drug.
    case drug
  }

  package struct Row: Codable, Sendable, Equatable {
    package var name: String
    package var kind: Kind
    package var first: Group
    package var second: Group
    package var mannWhitney: Test
    package var welch: Test

    package init(name: String, kind: Kind, first: Group, second: Group, mannWhitney: Test, welch: Test) {
      (self.name, self.kind, self.first, self.second) = (name, kind, first, second)
      (self.mannWhitney, self.welch) = (mannWhitney, welch)
    }
  }

  package struct Group: Codable, Sendable, Equatable {
    /// Patients, or pairs of a patient and a drug.
    package var count: Int
    /// nil for an empty group.
    package var median: Double?
    package var mean: Double?

    package init(count: Int, median: Double?, mean: Double?) {
      (self.count, self.median, self.mean) = (count, median, mean)
    }
  }

  /// A test; without a p it says why.
  package struct Test: Codable, Sendable, Equatable {
    /// Mann-Whitney's chance that a value of the first group exceeds one of the second; nil for other tests.
    package var superiority: Double?
    package var p: Double?
    /// By Benjamini and Hochberg over the drugs; nil for a test of its own.
    package var q: Double?
    package var reason: String?

    package init(superiority: Double? = nil, p: Double?, q: Double?, reason: String? = nil) {
      (self.superiority, self.p, self.q, self.reason) = (superiority, p, q, reason)
    }
  }
}
