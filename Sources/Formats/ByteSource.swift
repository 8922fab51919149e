/// A stream of bytes that is read once, from front to back.
package protocol ByteSource: AnyObject {
  /// Fills `buffer` from its start and returns how many bytes it holds; 0 at the end of the stream.
  ///
  /// A short count is not the end. Throws `FormatError` with the place in the file.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}
