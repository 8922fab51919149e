import Problems

/// Finds the drug that a name stands for, through a table of synonyms.
///
/// Exact names come first, then synonyms, then either without regard to case, then without spaces and hyphens; each
/// only where one drug alone remains. `T-DM1` and `TDM1` stay two drugs if the table holds both.
package struct DrugNames: Sendable {
  private let names: Set<String>
  private var synonyms = NameForms()
  private var folded = NameForms()
  private var compact = NameForms()

  /// Takes the drugs' names with the synonyms of each.
  package init(_ table: [String: [String]]) {
    names = Set(table.keys)
    for (name, others) in table {
      for synonym in others { synonyms.insert(synonym, for: name) }
      for spelling in [name] + others {
        folded.insert(Self.trimmed(spelling).lowercased(), for: name)
        compact.insert(Self.compact(spelling), for: name)
      }
    }
  }

  package func match(_ spelling: String) -> NameMatch {
    let spelling = Self.trimmed(spelling)
    if spelling.isEmpty { return .unknown }
    if names.contains(spelling) { return .found(spelling, .exact) }
    let forms: [(NameForms, String, NameRoute)] = [
      (synonyms, spelling, .synonym), (folded, spelling.lowercased(), .caseFolded),
      (compact, Self.compact(spelling), .compact),
    ]
    for (table, form, route) in forms {
      let owners = table.owners(of: form)
      if owners.count == 1 { return .found(owners[0], route) }
      if owners.count > 1 { return .ambiguous(owners) }
    }
    return .unknown
  }

  private static func trimmed(_ name: String) -> String {
    name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func compact(_ name: String) -> String {
    name.lowercased().filter { !$0.isWhitespace && $0 != "-" && $0 != "\u{2010}" && $0 != "\u{2011}" }
  }
}
