import Files
import Glibc
import Problems

/// A checkpoint that is written beside its target, and takes the target's place only when it is whole.
final class PendingCheckpoint {
  private let target: String
  private let partial: PartialFile
  private let descriptor: Int32
  private var isCommitted = false

  init(target: String) throws {
    guard let partial = PartialFile(beside: target) else {
      throw FormatError(.notCommitted, at: Place(target), "is not the name of a file")
    }
    (self.target, self.partial) = (target, partial)
    do {
      descriptor = try partial.hold(requiringLock: true)
    } catch {
      throw Self.failure(error, partial.path, for: target)
    }
    // What a killed run left may be longer than what is to come.
    guard ftruncate(descriptor, 0) == 0 else { throw failure("cannot empty \(partial.path): \(lastSystemError())") }
  }

  deinit {
    // Removed while it is still held, so that no other writer's file can be meant.
    if !isCommitted { unlink(partial.path) }
    close(descriptor)
  }

  private static func failure(_ refusal: PartialFile.Refusal, _ path: String, for target: String) -> FormatError {
    switch refusal {
    case .cannotCreate(let code):
      FormatError(
        .notCommitted, at: Place(target), "cannot create \(path): \(systemError(code))",
        remedy: "see that the folder is there and may be written")
    case .cannotLock(let code):
      FormatError(
        .notCommitted, at: Place(target), "cannot lock \(path): \(systemError(code))",
        remedy: "write to a file system that can lock files, then copy the checkpoint")
    case .isHeld:
      FormatError(
        .locked, at: Place(target), "another process is writing this checkpoint (it holds \(path))",
        remedy: "wait for it or end it; on a shared file system it may run on another machine")
    }
  }

  func append(_ bytes: UnsafeRawBufferPointer) throws {
    do { try writeAll(bytes, to: descriptor) } catch { throw failure("cannot write: \(error.words)") }
  }

  /// Brings the file to the disk, has it read back from its path by `verify`, and puts it in the target's place.
  func commit(_ verify: (String) throws -> Void) throws {
    guard fsync(descriptor) == 0 else { throw failure("cannot bring the file to the disk: \(lastSystemError())") }
    do {
      try verify(partial.path)
    } catch let error as FormatError {
      throw failure("the file did not read back: \(error.cause)")
    }
    guard rename(partial.path, target) == 0 else {
      throw failure("cannot put the file in place: \(lastSystemError())")
    }
    isCommitted = true
    guard let code = partial.syncFolder() else { return }
    throw FormatError(
      .durabilityUncertain, at: Place(target),
      "the new file is in place, but its folder could not be brought to the disk: \(systemError(code))",
      remedy: "read it once more after a power failure")
  }

  private func failure(_ cause: String) -> FormatError {
    FormatError(
      .notCommitted, at: Place(target), cause,
      remedy: "see that the disk has room and the folder may be written; a file that was there before is as it was")
  }
}
