import Cohorts

extension Column {
  /// A value as text that reads back to the same value, "" for a gap.
  package func text(at row: Int) -> String {
    switch self {
    case .strings(let values): values[row]
    case .categorical(let codes, let categories, _): codes[row] < 0 ? "" : categories[Int(codes[row])]
    case .floats(let values): values[row].isNaN ? "" : "\(values[row])"
    case .doubles(let values): values[row].isNaN ? "" : "\(values[row])"
    case .int32s(let values): "\(values[row])"
    case .booleans(let values): values[row] ? "true" : "false"
    }
  }
}
