import HDF5
import Problems

/// A GCT or GCTX file, told apart by content: text is often named .gctx.
package enum GCTDocument {
  case text(GCTReader)
  case binary(GCTXReader)

  /// Opens plain or gzipped text, or HDF5; throws `.wrongFormat` for anything else.
  package static func open(path: String) throws -> GCTDocument {
    var head = [UInt8](repeating: 0, count: 8)
    let file = try FileSource(path)
    let count = try head.withUnsafeMutableBytes { try file.read(into: $0) }
    if head[..<count].starts(with: [0x1F, 0x8B]) {
      return .text(try GCTReader(GzipSource(FileSource(path), path: path), path: path))
    }
    if head[..<count].starts(with: [0x89, 0x48, 0x44, 0x46]) { return .binary(try GCTXReader(path: path)) }
    return .text(try GCTReader(FileSource(path), path: path))
  }
}
