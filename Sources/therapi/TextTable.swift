import Inspection

/// Rows of fields in columns of their own width: words to the left, numbers to the right.
struct TextTable {
  private var rows: [[String]]
  private let words: Set<Int>

  /// `words` are the columns that stand to the left.
  init(_ header: [String], words: Set<Int> = [0]) {
    rows = [header]
    self.words = words
  }

  mutating func add(_ row: [String]) {
    precondition(row.count == rows[0].count, "\(row.count) fields for \(rows[0].count) columns")
    rows.append(row)
  }

  var lines: [String] {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let fields = row.enumerated().map { column, field in
        let gap = String(repeating: " ", count: widths[column] - field.count)
        return words.contains(column) ? field + gap : gap + field
      }
      return String(fields.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
  }

  /// A probability with two figures: `0.023`, `4.1e-06`; a dash where there is none.
  static func probability(_ p: Double?) -> String {
    guard let p else { return "-" }
    if p >= 0.001 { return Wording.decimal(p, digits: p < 0.1 ? 4 : 3) }
    guard p > 0 else { return "0" }
    var (value, exponent) = (p, 0)
    while value < 1 { (value, exponent) = (value * 10, exponent - 1) }
    if value >= 9.95 { (value, exponent) = (value / 10, exponent + 1) }
    return "\(Wording.decimal(value, digits: 1))e\(exponent)"
  }

  /// A number with so many digits behind the point; a dash where there is none.
  static func number(_ value: Double?, digits: Int) -> String {
    value.map { Wording.decimal($0, digits: digits) } ?? "-"
  }
}
