import Formats
import Genes
import Problems
import Sources

/// A table with a header of genes and a row for each measurement; genes of the panel that it lacks are 0.
struct ExpressionTable {
  let rows: Int
  /// Rows x genes, in the panel's order.
  private let values: [Float]

  /// Throws `FormatError`, and `EmbeddingError` `.training` for a table without genes of the panel, with one twice, or
  /// with a field that is no number.
  init(reading path: String) throws {
    let table = try RecordTable.read(InputFile(path), columns: nil)
    let matcher = GeneMatcher()
    var columns: [(name: String, gene: Int)] = []
    var names: [Int: String] = [:]
    for name in table.header {
      guard case .landmark(let gene, _) = matcher.match(name) else { continue }
      if let other = names.updateValue(name, forKey: gene) {
        throw EmbeddingError(
          .training, at: Place(path, line: 1, field: name), "is the gene of column \(other) again",
          remedy: "keep one column a gene")
      }
      columns.append((name, gene))
    }
    guard !columns.isEmpty else {
      throw EmbeddingError(
        .training, at: Place(path, line: 1), "names none of the landmark genes",
        remedy: "give a table whose header names genes, with a row for each measurement")
    }
    rows = table.count
    var values = [Float](repeating: 0, count: rows * LandmarkPanel.count)
    for (name, gene) in columns {
      for (row, text) in table[name].enumerated() {
        guard let value = Float(text), value.isFinite else {
          throw EmbeddingError(
            .training, at: table.place(row, name), "'\(text)' is no number",
            remedy: "fill the gap, or leave the row out")
        }
        values[row * LandmarkPanel.count + gene] = value
      }
    }
    self.values = values
  }

  func row(_ index: Int) -> ArraySlice<Float> {
    values[index * LandmarkPanel.count..<(index + 1) * LandmarkPanel.count]
  }
}
