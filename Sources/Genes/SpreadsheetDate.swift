/// A symbol that a spreadsheet turned into a date: `1-Mar`, `Mar-01`, `2-Sep`, `Sep-02`.
enum SpreadsheetDate {
  private static let stems: [String: [String]] = [
    "jan": ["JAN"], "feb": ["FEB"], "mar": ["MARCH", "MARC", "MAR"], "apr": ["APR"], "may": ["MAY"], "jun": ["JUN"],
    "jul": ["JUL"], "aug": ["AUG"], "sep": ["SEPT", "SEP"], "oct": ["OCT"], "nov": ["NOV"], "dec": ["DEC"],
  ]

  /// The symbols it may have been; nil if it is no such date.
  static func symbols(behind text: String) -> [String]? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    for (month, day) in [(parts[0], parts[1]), (parts[1], parts[0])] {
      if day.count <= 2, let number = Int(day), (1...31).contains(number), let stems = stems[month.lowercased()] {
        return stems.map { "\($0)\(number)" }
      }
    }
    return nil
  }
}
