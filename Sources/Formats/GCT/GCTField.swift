/// One field of the rows' or the columns' metadata: a value for each, "" where it is missing.
package struct GCTField: Sendable, Equatable {
  package var name: String
  package var values: [String]

  package init(name: String, values: [String]) {
    self.name = name
    self.values = values
  }

  /// The text that CMap's tools write for a missing value.
  static let missing = "-666"

  /// A value as the file has it, "" for the ways to write a missing one.
  static func value(_ text: String) -> String {
    switch text {
    case "", missing, "-666.0", "NA", "na", "NaN", "nan": ""
    default: text
    }
  }
}
