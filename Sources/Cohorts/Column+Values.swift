extension Column {
  /// Each row as it stands, "" for gaps; nil where the column holds no text.
  package var texts: [String]? {
    switch self {
    case .strings(let texts): texts
    case .categorical(let codes, let categories, _): codes.map { $0 < 0 ? "" : categories[Int($0)] }
    case .floats, .doubles, .int32s, .booleans: nil
    }
  }

  /// Each row as a number; nil for gaps and for text that is none.
  package var numbersOrGaps: [Double?] {
    let values: [Double]
    switch self {
    case .strings(let texts): values = texts.map { Double($0) ?? .nan }
    case .categorical(let codes, let categories, _):
      let known = categories.map { Double($0) ?? .nan }
      values = codes.map { $0 < 0 ? .nan : known[Int($0)] }
    case .floats(let numbers): values = numbers.map(Double.init)
    case .doubles(let numbers): values = numbers
    case .int32s(let numbers): values = numbers.map(Double.init)
    case .booleans(let flags): values = flags.map { $0 ? 1 : 0 }
    }
    return values.map { $0.isFinite ? $0 : nil }
  }

  /// Each row as a word, "" for gaps; whole numbers and flags stand as digits and as yes and no.
  package var words: [String] {
    if let texts { return texts }
    if case .booleans(let flags) = self { return flags.map { $0 ? "yes" : "no" } }
    return numbersOrGaps.map { number in
      guard let number else { return "" }
      return Int(exactly: number).map(String.init) ?? "\(number)"
    }
  }
}
