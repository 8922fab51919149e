import HDF5
import Problems

/// Reads a GCTX matrix: the HDF5 form of GCT, whose matrix is stored columns x rows.
///
/// Throws `FormatError` for a wrong layout and `HDF5Error` for a damaged file.
package final class GCTXReader {
  package let path: String
  package let rowIDs: [String]
  package let columnIDs: [String]
  /// Names of the rows' metadata, without `id`.
  package let rowFields: [String]
  package let columnFields: [String]
  private let matrix: HDF5Dataset
  private let rowGroup: HDF5Group
  private let columnGroup: HDF5Group
  private let file: HDF5File

  /// Opens the file and compares the matrix's shape with the numbers of ids.
  package init(path: String) throws {
    self.path = path
    file = try HDF5File.open(path)
    let root = try file.root
    for name in ["0/DATA/0/matrix", "0/META/ROW/id", "0/META/COL/id"] where try root.kind(of: name) != .dataset {
      throw FormatError(
        .wrongFormat, at: Place(path, object: name), "the HDF5 file has no such data set, so it is no GCTX file",
        remedy: "check which file the configuration names")
    }
    matrix = try root.dataset("0/DATA/0/matrix")
    rowGroup = try root.group("0/META/ROW")
    columnGroup = try root.group("0/META/COL")
    rowIDs = try Self.texts(rowGroup.dataset("id"))
    columnIDs = try Self.texts(columnGroup.dataset("id"))
    guard matrix.shape == [columnIDs.count, rowIDs.count] else {
      throw FormatError(
        .malformed, at: matrix.place,
        "the matrix is \(matrix.shape), but there are ids for \(columnIDs.count) columns and \(rowIDs.count) rows",
        remedy: "the file is damaged: get it again")
    }
    rowFields = try Self.fields(rowGroup)
    columnFields = try Self.fields(columnGroup)
  }

  /// A field of the rows' metadata as text.
  package func rowField(_ name: String) throws -> GCTField {
    try field(name, in: rowGroup, count: rowIDs.count)
  }

  /// A field of the columns' metadata as text.
  package func columnField(_ name: String) throws -> GCTField {
    try field(name, in: columnGroup, count: columnIDs.count)
  }

  /// The chosen rows of a range of columns, rows x columns in row-major order, NaN for missing.
  ///
  /// Reads the file in blocks of at most 16 MB whatever its size.
  package func floats(rows: [Int], columns: Range<Int>) throws -> [Float] {
    precondition(rows.allSatisfy(rowIDs.indices.contains), "a row outside of \(rowIDs.indices)")
    precondition(columns.lowerBound >= 0 && columns.upperBound <= columnIDs.count, "columns \(columns)")
    guard let first = rows.min(), let last = rows.max(), !columns.isEmpty else { return [] }
    guard rows.count <= HDF5Dataset.memoryLimit / 4 / columns.count else {
      throw FormatError(
        .tooLarge, at: matrix.place, "\(rows.count) rows x \(columns.count) columns do not fit in memory",
        remedy: "read fewer rows or columns at a time")
    }
    let span = first..<(last + 1)
    let step = min(columns.count, max(1, (4 << 20) / span.count))
    let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: step * span.count)
    defer { block.deallocate() }
    // A first read finds out whether the declared shape is true, before room for the result is taken.
    try matrix.read(columns.lowerBound..<(columns.lowerBound + 1), columns: span, into: block)
    var result = [Float](repeating: .nan, count: rows.count * columns.count)
    for start in stride(from: columns.lowerBound, to: columns.upperBound, by: step) {
      let part = start..<min(start + step, columns.upperBound)
      try matrix.read(part, columns: span, into: block)
      gather(block, rows, span, from: part, of: columns, into: &result)
    }
    return result
  }

  private func gather(
    _ block: UnsafeMutableBufferPointer<Float>, _ rows: [Int], _ span: Range<Int>, from part: Range<Int>,
    of columns: Range<Int>, into result: inout [Float]
  ) {
    for (target, row) in rows.enumerated() {
      var source = row - span.lowerBound
      for column in part {
        let value = block[source]
        result[target * columns.count + column - columns.lowerBound] = value == -666 ? .nan : value
        source += span.count
      }
    }
  }

  private func field(_ name: String, in group: HDF5Group, count: Int) throws -> GCTField {
    let dataset = try group.dataset(name)
    let values = try Self.texts(dataset)
    guard values.count == count else {
      throw FormatError(.malformed, at: dataset.place, "the field has \(values.count) values for \(count) ids")
    }
    return GCTField(name: name, values: values.map(GCTField.value))
  }

  private static func fields(_ group: HDF5Group) throws -> [String] {
    try group.children().filter { $0.kind == .dataset && $0.name != "id" }.map(\.name)
  }

  /// Strings, or numbers as text; padding with blanks is taken off.
  private static func texts(_ dataset: HDF5Dataset) throws -> [String] {
    guard dataset.shape.count == 1 else {
      throw FormatError(.malformed, at: dataset.place, "the metadata has shape \(dataset.shape), not that of a list")
    }
    switch dataset.element {
    case .float: return try dataset.read(as: Double.self).map { $0 == $0.rounded() ? wholeText($0) : "\($0)" }
    case .integer: return try dataset.read(as: Int64.self).map { "\($0)" }
    default: return try dataset.readStrings()
    }
  }

  private static func wholeText(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? "\(value)" }
}
