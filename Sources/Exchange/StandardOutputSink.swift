import Files
import Formats
import Glibc
import Problems

/// Writes to standard output, which it leaves open.
final class StandardOutputSink: ByteSink {
  func write(_ bytes: UnsafeRawBufferPointer) throws {
    do { try writeAll(bytes, to: STDOUT_FILENO) } catch {
      throw ExchangeError(.notCommitted, at: nil, "cannot write to standard output: \(error.words)")
    }
  }

  func finish() throws {}
}
