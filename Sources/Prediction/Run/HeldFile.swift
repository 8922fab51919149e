import Files
import Glibc
import Problems

/// A text that takes its target's place as a whole; from its making on, nobody else can write the same target.
final class HeldFile {
  private let target: String
  private let partial: PartialFile
  private let descriptor: Int32
  private var isCommitted = false

  /// Throws `PredictionError` `.locked` while another process holds the target.
  init(_ target: String) throws {
    guard let partial = PartialFile(beside: target) else {
      throw PredictionError(.unwritable, at: Place(target), "is not the name of a file")
    }
    (self.target, self.partial) = (target, partial)
    do {
      descriptor = try partial.hold(requiringLock: false)
    } catch {
      switch error {
      case .isHeld:
        throw PredictionError(
          .locked, at: Place(target), "another process works on it (it holds \(partial.path))",
          remedy: "wait for it or end it")
      case .cannotCreate(let code), .cannotLock(let code):
        throw PredictionError(
          .unwritable, at: Place(target), "cannot create \(partial.path): \(systemError(code))",
          remedy: "see that the folder is there and may be written")
      }
    }
  }

  deinit {
    // Removed while it is still held, so that no other writer's file can be meant.
    if !isCommitted { unlink(partial.path) }
    close(descriptor)
  }

  func commit(_ text: String) throws {
    guard ftruncate(descriptor, 0) == 0 else { throw failure() }
    var text = text
    try text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw failure() }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
    guard fsync(descriptor) == 0, rename(partial.path, target) == 0 else { throw failure() }
    isCommitted = true
    // It can be made again from the folds: a name that the disk has not confirmed is no failure.
    _ = partial.syncFolder()
  }

  private func failure() -> PredictionError {
    PredictionError(
      .unwritable, at: Place(target), "cannot write it: \(lastSystemError())",
      remedy: "see that the disk has room and the folder may be written; a file that was there before is as it was")
  }
}
