import Foundation
import Problems

/// A file that is written beside its target and takes the target's place only when it is whole.
final class StagedFile {
  private let path: String
  let temporaryPath: String
  private var stream: UnsafeMutablePointer<FILE>?
  private var isCommitted = false

  init(path: String) throws {
    self.path = path
    temporaryPath = "\(path).\(UInt32.random(in: 0 ... .max)).part"
    stream = fopen(temporaryPath, "wbx")
    guard stream != nil else { throw refusal("create") }
  }

  deinit {
    if let stream { fclose(stream) }
    if !isCommitted { unlink(temporaryPath) }
  }

  func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try write($0) } }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    guard bytes.count > 0, let base = bytes.baseAddress else { return }
    guard let stream, fwrite(base, 1, bytes.count, stream) == bytes.count else { throw refusal("write") }
  }

  /// Flushes to the disk and renames over the target.
  func commit() throws {
    guard let stream, fflush(stream) == 0, fsync(fileno(stream)) == 0 else { throw refusal("write") }
    self.stream = nil
    guard fclose(stream) == 0 else { throw refusal("close") }
    guard rename(temporaryPath, path) == 0 else { throw refusal("rename") }
    isCommitted = true
  }

  private func refusal(_ action: String) -> FormatError {
    FormatError(
      .unwritable, at: Place(path), "cannot \(action) the file: \(String(cString: strerror(errno)))",
      remedy: "check the folder, its rights and the space left")
  }
}
