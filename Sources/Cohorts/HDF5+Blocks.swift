import HDF5

extension HDF5Dataset {
  /// The rows, in blocks of about a megabyte that are whole chunks.
  func rowBlocks() throws -> [Range<Int>] {
    let height = max(1, Matrix.chunkBytes / max(1, rowCount * element.bytes))
    let chunk = try chunks()?.first ?? 1
    let step = max(1, chunk, height / max(1, chunk) * chunk)
    return stride(from: 0, to: rows, by: step).map { $0..<min(rows, $0 + step) }
  }
}

extension HDF5Group {
  /// The text at a path below `uns` of this root; nil if there is nothing.
  func text(uns path: String) throws -> String? {
    guard try exists("\(Member.uns)/\(path)") else { return nil }
    return try dataset("\(Member.uns)/\(path)").readStrings().first
  }
}
