import CZlib
import Foundation
import Problems

/// Where a text or matrix format writes its bytes.
package protocol ByteSink: AnyObject {
  /// Appends `bytes`. Throws `FormatError.Kind.unwritable`.
  func write(_ bytes: UnsafeRawBufferPointer) throws
  /// Writes what is still held back and closes; nothing may be written after it.
  func finish() throws
}

extension ByteSink {
  package func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
  }
}

/// Writes a file through a buffer of 1 MB.
package final class FileSink: ByteSink {
  private let path: String
  private let file: UnsafeMutablePointer<FILE>
  private var isOpen = true

  /// Creates or empties `path`.
  package init(_ path: String) throws {
    self.path = path
    guard let file = fopen(path, "wbe") else {
      throw FormatError(.unwritable, at: Place(path), "cannot be created: \(String(cString: strerror(errno)))")
    }
    self.file = file
    setvbuf(file, nil, _IOFBF, 1 << 20)
  }

  deinit { if isOpen { fclose(file) } }

  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    guard fwrite(bytes.baseAddress, 1, bytes.count, file) == bytes.count else { throw failure() }
  }

  package func finish() throws {
    isOpen = false
    // A pipe or a terminal has nothing to synchronise and says EINVAL.
    let flushed = fflush(file) == 0 && (fsync(fileno(file)) == 0 || errno == EINVAL)
    let reason = failure()
    guard fclose(file) == 0 else { throw flushed ? failure() : reason }
    guard flushed else { throw reason }
  }

  private func failure() -> FormatError {
    FormatError(.unwritable, at: Place(path), "writing failed: \(String(cString: strerror(errno)))")
  }
}

/// Deflates what it is given into a gzip stream without a name or time, so that equal content gives equal bytes.
package final class GzipSink: ByteSink {
  private let sink: any ByteSink
  /// Behind a pointer, as zlib's state remembers the address.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

  package init(_ sink: any ByteSink, level: Int32 = 6) throws {
    self.sink = sink
    stream.initialize(to: z_stream())
    let windowOfGzip: Int32 = 15 + 16
    let result = deflateInit2_(
      stream, level, Z_DEFLATED, windowOfGzip, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(result == Z_OK, "zlib refuses level \(level): \(result)")
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
    output.deallocate()
  }

  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    var start = 0
    while start < bytes.count {
      // zlib counts its input in 32 bits.
      let end = min(bytes.count, start + 1 << 30)
      try deflate(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), flush: Z_NO_FLUSH)
      start = end
    }
  }

  package func finish() throws {
    try deflate(UnsafeRawBufferPointer(start: nil, count: 0), flush: Z_FINISH)
    try sink.finish()
  }

  private func deflate(_ bytes: UnsafeRawBufferPointer, flush: Int32) throws {
    stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(bytes.count)
    repeat {
      stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(output.count)
      let result = CZlib.deflate(stream, flush)
      precondition(result != Z_STREAM_ERROR, "the deflate stream is out of order")
      try sink.write(UnsafeRawBufferPointer(rebasing: output[..<(output.count - Int(stream.pointee.avail_out))]))
    } while stream.pointee.avail_out == 0
  }
}
