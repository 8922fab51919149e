/// A table with a caption whose columns can be sorted.
struct Sheet {
  struct Column {
    var title: String
    /// Numbers stand to the right.
    var isNumber = false
  }

  enum Cell {
    case text(String)
    /// What is shown, and the number by which it is sorted; nil sorts last.
    case number(String, Double?)
    /// What cannot be said, and why.
    case reason(String)
    /// Markup of one's own, and the number by which it is sorted.
    case drawn(String, Double?)
    case code(String)
  }

  var caption: String
  var columns: [Column]
  var rows: [[Cell]] = []
  /// Rows beyond these stand behind a button.
  var shown = 25
  /// Rows that are set off.
  var emphasised: Set<Int> = []

  func write(into page: inout Markup) {
    page.element("div", ["class": "sheet"]) { page in
      page.element("table", ["class": "sortable", "data-shown": String(shown)]) { page in
        page.element("caption", caption)
        page.element("thead") { page in
          page.element("tr") { page in
            for column in columns {
              page.element("th", ["scope": "col", "class": column.isNumber ? "number" : nil]) {
                $0.element("button", ["type": "button", "class": "sort"], column.title)
              }
            }
          }
        }
        page.element("tbody") { page in
          for (index, row) in rows.enumerated() { write(row, isEmphasised: emphasised.contains(index), into: &page) }
        }
      }
    }
    page.line()
  }

  private func write(_ row: [Cell], isEmphasised: Bool, into page: inout Markup) {
    precondition(row.count == columns.count, "\(row.count) cells in \(columns.count) columns")
    page.element("tr", ["class": isEmphasised ? "emphasis" : nil]) { page in
      for (index, cell) in row.enumerated() {
        let name = index == 0 ? "th" : "td"
        let scope = index == 0 ? "row" : nil
        switch cell {
        case .text(let words): page.element(name, ["scope": scope], words)
        case .code(let words): page.element(name, ["scope": scope, "class": "code"]) { $0.element("code", words) }
        case .reason(let words): page.element(name, ["scope": scope, "class": "reason", "data-sort": ""], words)
        case .number(let words, let key):
          page.element(name, ["scope": scope, "class": "number", "data-sort": key.map { String($0) } ?? ""], words)
        case .drawn(let markup, let key):
          let kind = columns[index].isNumber ? "number" : nil
          page.element(name, ["scope": scope, "class": kind, "data-sort": key.map { String($0) } ?? ""]) {
            $0.add(verbatim: markup)
          }
        }
      }
    }
    page.line()
  }
}

extension Sheet.Cell {
  static func count(_ number: Int) -> Self { .number(Wording.count(number), Double(number)) }

  static func fixed(_ number: Double?, _ decimals: Int = 3) -> Self {
    guard let number else { return .number("\u{2013}", nil) }
    return .number(Wording.fixed(number, decimals), number)
  }

  static func probability(_ p: Double?) -> Self {
    guard let p else { return .number("\u{2013}", nil) }
    return .number(Wording.probability(p), p)
  }
}
