/// Joins one table's cell-line names to another's: exactly, then by upper-cased letters and digits where those are unique.
///
/// `T-T` and `TT` are different lines, as are `KM-H2` and `KMH-2`: a form that two names of either table share joins
/// none of them, unless both tables tell them apart. A table that writes nothing but such forms does not: its `TT`
/// may be either line.
package struct CellLineJoin: Sendable {
  private let names: Set<String>
  private let spellingsAreForms: Bool
  private let namesAreForms: Bool
  private var owners = NameForms()
  private var askers = NameForms()

  package init(_ spellings: some Sequence<String>, to names: some Sequence<String>) {
    let spellings = Set(spellings)
    self.names = Set(names)
    spellingsAreForms = spellings.allSatisfy { Self.form($0) == $0 }
    namesAreForms = self.names.allSatisfy { Self.form($0) == $0 }
    for name in self.names { owners.insert(Self.form(name), for: name) }
    for spelling in spellings { askers.insert(Self.form(spelling), for: spelling) }
  }

  /// The name in the other table of one of the spellings that the join was made for.
  package func match(_ spelling: String) -> NameMatch {
    let form = Self.form(spelling)
    if form.isEmpty { return names.contains(spelling) ? .found(spelling, .exact) : .unknown }
    let candidates = owners.owners(of: form)
    let rivals = askers.owners(of: form).filter { $0 != spelling }
    if names.contains(spelling) {
      let isUncertain = (namesAreForms && !rivals.isEmpty) || (spellingsAreForms && candidates.count > 1)
      return isUncertain ? .ambiguous(candidates) : .found(spelling, .exact)
    }
    if candidates.isEmpty { return .unknown }
    return candidates.count == 1 && rivals.isEmpty ? .found(candidates[0], .compact) : .ambiguous(candidates)
  }

  static func form(_ name: String) -> String { name.uppercased().filter { $0.isLetter || $0.isNumber } }
}
