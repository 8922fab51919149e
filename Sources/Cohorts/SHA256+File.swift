import Files

extension SHA256 {
  /// The sum of a file, read block by block.
  package static func hex(ofFile path: String) throws -> String {
    let file = try FileDescriptor.reading(path)
    return try file.sum(from: 0).hex
  }
}
