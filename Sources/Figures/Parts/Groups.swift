/// Names of groups in the order of their first legend: by number of members, the largest first; "" is not known.
struct Groups {
  static let unknown = "not known"

  let names: [String]
  let counts: [String: Int]

  init(_ members: [String]) {
    counts = members.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let counts = counts
    names = counts.keys.sorted { first, second in
      guard first.isEmpty == second.isEmpty else { return second.isEmpty }
      return (-(counts[first] ?? 0), first) < (-(counts[second] ?? 0), second)
    }
  }

  func mark(of name: String) -> Mark {
    guard !name.isEmpty, let number = names.firstIndex(of: name) else { return .unknown }
    return .ofGroup(number)
  }

  var legend: [(key: Legend.Key, label: String)] {
    names.map { (.mark(mark(of: $0)), "\($0.isEmpty ? Self.unknown : $0) (\(counts[$0] ?? 0))") }
  }
}
