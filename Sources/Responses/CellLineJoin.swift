/// Joins one table's cell-line names to another's: exactly, then by upper-cased letters and digits where those are unique.
///
/// `T-T` and `TT` are different lines, as are `KM-H2` and `KMH-2`: a form that two names of either table share joins
/// none of them.
package struct CellLineJoin: Sendable {
  private let names: Set<String>
  private var forms = NameForms()
  private var askers = NameForms()

  package init(_ spellings: some Sequence<String>, to names: some Sequence<String>) {
    self.names = Set(names)
    for name in self.names { forms.insert(Self.form(name), for: name) }
    for spelling in Set(spellings) { askers.insert(Self.form(spelling), for: spelling) }
  }

  /// The name in the other table of one of the spellings that the join was made for.
  package func match(_ spelling: String) -> NameMatch {
    if names.contains(spelling) { return .found(spelling, .exact) }
    let form = Self.form(spelling)
    let owners = form.isEmpty ? [] : forms.owners(of: form)
    if owners.isEmpty { return .unknown }
    let rivals = askers.owners(of: form).filter { $0 != spelling }
    return owners.count == 1 && rivals.isEmpty ? .found(owners[0], .compact) : .ambiguous(owners)
  }

  static func form(_ name: String) -> String { name.uppercased().filter { $0.isLetter || $0.isNumber } }
}
