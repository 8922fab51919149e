import Cohorts
import Formats
import Problems
import Responses
import Sources

/// The sample table as it is filled: every column as text, "" where nothing is known.
struct SampleAnnotation {
  private(set) var ids: [String]
  private var columns: [(field: IngestConfiguration.Field, values: [String])] = []

  init(ids: [String]) { self.ids = ids }

  subscript(name: String) -> [String]? { columns.first { $0.field.name == name }?.values }

  /// What a join compares names with: a column, or the ids where it is nil. Throws `IngestError` for one that is not
  /// there.
  func names(in column: String?, at file: String) throws -> [String] {
    guard let column else { return ids }
    guard let values = self[column] else {
      throw IngestError(
        .tables, at: Place(file), "join: the sample table has no column '\(column)'",
        remedy: "fill it from a table that stands before this one")
    }
    return values
  }

  /// Adds a column, or fills the gaps of the one of that name: what came first stays.
  mutating func fill(_ field: IngestConfiguration.Field, _ values: [String]) {
    guard let position = columns.firstIndex(where: { $0.field.name == field.name }) else {
      columns.append((field, values))
      return
    }
    for row in ids.indices where columns[position].values[row].isEmpty { columns[position].values[row] = values[row] }
  }

  /// Leaves only some of the samples, given by position.
  mutating func keep(_ rows: [Int]) {
    ids = rows.map { ids[$0] }
    for position in columns.indices { columns[position].values = rows.map { columns[position].values[$0] } }
  }

  /// The columns as the store has them.
  func write(into frame: inout Frame) {
    for (field, values) in columns {
      switch field.kind {
      case .text: frame.set(field.name, .strings(values))
      case .category: frame.set(field.name, .categorical(values))
      // A store's truth values cannot be missing: with a gap among them a column of flags is one of numbers.
      case .flag where !values.contains(""): frame.set(field.name, .booleans(values.map { $0 == "1" }))
      case .number, .flag: frame.set(field.name, .doubles(values.map { Double($0) ?? .nan }))
      }
    }
  }
}
