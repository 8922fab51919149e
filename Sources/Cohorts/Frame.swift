/// One column of a data frame. Gaps are "" in strings, -1 in categorical codes and NaN in numbers.
package enum Column: Sendable, Equatable {
  case strings([String])
  /// `codes` index `categories`, which are unique; -1 is a gap.
  case categorical(codes: [Int32], categories: [String], ordered: Bool)
  case floats([Float])
  case doubles([Double])
  case int32s([Int32])
  case booleans([Bool])

  package var count: Int {
    switch self {
    case .strings(let values): values.count
    case .categorical(let codes, _, _): codes.count
    case .floats(let values): values.count
    case .doubles(let values): values.count
    case .int32s(let values): values.count
    case .booleans(let values): values.count
    }
  }

  /// A categorical column of `values`, its categories sorted, "" as the gap.
  package static func categorical(_ values: [String]) -> Column {
    let categories = Set(values).subtracting([""]).sorted()
    let code = Dictionary(uniqueKeysWithValues: categories.enumerated().map { ($1, Int32($0)) })
    return .categorical(codes: values.map { code[$0] ?? -1 }, categories: categories, ordered: false)
  }
}

/// A table with unique row names, as anndata's `dataframe` encoding holds it.
package struct Frame: Sendable, Equatable {
  package struct Named: Sendable, Equatable {
    package var name: String
    package var column: Column
  }

  /// What the row names are, such as `sample` or `gene`.
  package let indexName: String
  package let index: [String]
  /// In the order of `column-order`.
  package private(set) var columns: [Named] = []

  package init(indexName: String, index: [String]) {
    self.indexName = indexName
    self.index = index
  }

  package subscript(name: String) -> Column? { columns.first { $0.name == name }?.column }

  /// Adds a column, or replaces the one of that name.
  package mutating func set(_ name: String, _ column: Column) {
    precondition(column.count == index.count, "column \(name) has \(column.count) rows, the frame \(index.count)")
    if let position = columns.firstIndex(where: { $0.name == name }) {
      columns[position].column = column
    } else {
      columns.append(Named(name: name, column: column))
    }
  }
}
