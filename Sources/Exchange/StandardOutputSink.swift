import Files
import Formats
import Glibc
import Problems

/// Writes to standard output, which it leaves open.
final class StandardOutputSink: ByteSink {
  func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(STDOUT_FILENO, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw ExchangeError(.notCommitted, at: nil, "cannot write to standard output: \(lastSystemError())")
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  func finish() throws {}
}
