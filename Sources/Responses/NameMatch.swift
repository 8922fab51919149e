/// What a name was found to be.
package enum NameMatch: Sendable, Equatable {
  case found(String, NameRoute)
  /// It may be any of these, sorted.
  case ambiguous([String])
  case unknown
}

/// How a name was found, best first.
package enum NameRoute: String, Sendable, CaseIterable {
  case exact
  case synonym
  case caseFolded = "case-folded"
  /// Without the punctuation and spaces that spellings differ by.
  case compact
}

/// Names by a weaker form of them; a form of several names means none.
struct NameForms: Sendable {
  private var owners: [String: Set<String>] = [:]

  mutating func insert(_ form: String, for name: String) { owners[form, default: []].insert(name) }

  func owners(of form: String) -> [String] { (owners[form] ?? []).sorted() }
}
