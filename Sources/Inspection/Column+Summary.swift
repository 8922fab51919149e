import Cohorts

extension Column {
  /// How many rows hold each value, gaps apart; the most frequent first, then by name. Empty for numbers.
  var frequencies: [StoreInspection.Frequency] {
    var counts: [String: Int] = [:]
    switch self {
    case .strings(let values):
      for value in values where !value.isEmpty { counts[value, default: 0] += 1 }
    case .categorical(let codes, let categories, _):
      var byCode = [Int](repeating: 0, count: categories.count)
      for code in codes where code >= 0 { byCode[Int(code)] += 1 }
      for (name, count) in zip(categories, byCode) where count > 0 { counts[name] = count }
    case .booleans(let values):
      for value in values { counts[value ? "yes" : "no", default: 0] += 1 }
    case .floats, .doubles, .int32s: break
    }
    return counts.map { StoreInspection.Frequency(name: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }

  /// Rows without a value.
  var gaps: Int {
    switch self {
    case .strings(let values): values.count { $0.isEmpty }
    case .categorical(let codes, _, _): codes.count { $0 < 0 }
    case .floats(let values): values.count { $0.isNaN }
    case .doubles(let values): values.count { $0.isNaN }
    case .int32s, .booleans: 0
    }
  }

  /// The values as numbers, NaN for gaps; text counts where it is a number.
  var numbers: [Double] {
    switch self {
    case .strings(let values): values.map { Double($0) ?? .nan }
    case .categorical(let codes, let categories, _):
      codes.map { $0 < 0 ? .nan : Double(categories[Int($0)]) ?? .nan }
    case .floats(let values): values.map(Double.init)
    case .doubles(let values): values
    case .int32s(let values): values.map(Double.init)
    case .booleans(let values): values.map { $0 ? 1 : 0 }
    }
  }

  /// The text of a row, "" for a gap and for numbers.
  func text(at row: Int) -> String {
    switch self {
    case .strings(let values): values[row]
    case .categorical(let codes, let categories, _): codes[row] < 0 ? "" : categories[Int(codes[row])]
    case .floats, .doubles, .int32s, .booleans: ""
    }
  }

  /// Number of different values, gaps apart, of text.
  var distinct: Int {
    switch self {
    case .strings(let values): Set(values).subtracting([""]).count
    case .categorical(let codes, _, _): Set(codes).subtracting([-1]).count
    case .floats, .doubles, .int32s, .booleans: frequencies.count
    }
  }

  /// What the column holds, in the words of a reader.
  var kind: String {
    switch self {
    case .strings: "text"
    case .categorical: "category"
    case .floats, .doubles: "number"
    case .int32s: "integer"
    case .booleans: "boolean"
    }
  }
}
