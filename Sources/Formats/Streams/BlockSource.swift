/// A stream of bytes in blocks that stay where whoever gives them keeps them.
protocol BlockSource: AnyObject {
  /// The next block, never empty, or nil at the end; valid until the next call.
  func next() throws -> UnsafeRawBufferPointer?
}

extension Readahead: BlockSource {}

/// The blocks of a source, read when they are asked for.
final class SourceBlocks: BlockSource {
  private let source: any ByteSource
  private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)

  init(_ source: any ByteSource) { self.source = source }

  deinit { block.deallocate() }

  func next() throws -> UnsafeRawBufferPointer? {
    let count = try source.read(into: block)
    return count == 0 ? nil : UnsafeRawBufferPointer(rebasing: block[..<count])
  }
}
