import Files
import Formats
import Glibc
import HDF5
import Problems

/// A file that is written beside its target, and takes the target's place only when it is whole.
final class PendingFile {
  let target: String
  /// Where it is written.
  let path: String
  private let partial: PartialFile
  private let descriptor: Int32
  private var isCommitted = false

  init(target: String) throws {
    var status = stat()
    guard let partial = PartialFile(beside: target),
      stat(target, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
    else { throw ExchangeError(.unsuitable, at: Place(target), "is not the name of a file") }
    (self.target, self.partial, path) = (target, partial, partial.path)
    do {
      // A file system without locks is written to all the same: the rename keeps the result whole.
      descriptor = try partial.hold(requiringLock: false)
    } catch {
      throw Self.failure(error, path, for: target)
    }
  }

  deinit {
    // Removed while it is still held, so that no other writer's file can be meant.
    if !isCommitted { unlink(path) }
    close(descriptor)
  }

  private static func failure(_ refusal: PartialFile.Refusal, _ path: String, for target: String) -> ExchangeError {
    switch refusal {
    case .cannotCreate(let code), .cannotLock(let code):
      ExchangeError(
        .notCommitted, at: Place(target), "cannot create \(path): \(systemError(code))",
        remedy: "see that the folder is there and may be written")
    case .isHeld:
      ExchangeError(
        .locked, at: Place(target), "another process is writing this file (it holds \(path))",
        remedy: "wait for it or end it")
    }
  }

  /// Runs what fills the file and gives its failures the target's name.
  func writing<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as FormatError where error.kind == .unwritable {
      // Without a place, it is the content that the format cannot hold.
      guard error.place != nil else { throw ExchangeError(.unsuitable, at: Place(target), error.cause) }
      throw failure(error.cause)
    } catch let error as HDF5Error where error.kind == .unwritable {
      throw failure(error.cause)
    }
  }

  /// Brings the file to the disk and puts it in the target's place.
  func commit() throws {
    guard fsync(descriptor) == 0, rename(path, target) == 0 else {
      throw failure("cannot put the file in place: \(lastSystemError())")
    }
    isCommitted = true
    // An export can be made again: a name that the disk has not confirmed is no failure.
    _ = partial.syncFolder()
  }

  private func failure(_ cause: String) -> ExchangeError {
    ExchangeError(
      .notCommitted, at: Place(target), cause,
      remedy: "see that the disk has room and the folder may be written; a file that was there before is as it was")
  }
}
