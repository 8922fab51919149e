import Formats
import Glibc
import HDF5
import Problems

/// A file that is written beside its target as `.NAME.partial`, and takes the target's place only when it is whole.
///
/// It is held with an advisory lock: what a killed run left is taken over, a running one makes the second writer
/// throw `.locked`.
final class PendingFile {
  let target: String
  /// Where it is written.
  let path: String
  private let folder: String
  private let descriptor: Int32
  private var isCommitted = false

  /// Linux's `F_OFD_SETLK`, which Glibc's module does not export.
  private static let setLock: Int32 = 37

  init(target: String) throws {
    let slash = target.lastIndex(of: "/")
    let folder = slash.map { $0 == target.startIndex ? "/" : String(target[..<$0]) } ?? "."
    let name = slash.map { String(target[target.index(after: $0)...]) } ?? target
    var status = stat()
    guard !name.isEmpty, name != ".", name != "..", stat(target, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
    else { throw ExchangeError(.unsuitable, at: Place(target), "is not the name of a file") }
    let path = "\(folder)/.\(name).partial"
    descriptor = try Self.hold(path, for: target)
    (self.target, self.folder, self.path) = (target, folder, path)
  }

  deinit {
    // Removed while it is still held, so that no other writer's file can be meant.
    if !isCommitted { unlink(path) }
    close(descriptor)
  }

  /// Opens the file, locks it, and makes sure that it still has this name: a commit may just have renamed it.
  private static func hold(_ path: String, for target: String) throws -> Int32 {
    while true {
      let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
      guard number >= 0 else {
        throw ExchangeError(
          .notCommitted, at: Place(target), "cannot create \(path): \(lastSystemError())",
          remedy: "see that the folder is there and may be written")
      }
      var lock = Glibc.flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
      // A file system without locks is written to all the same: the rename keeps the result whole.
      if fcntl(number, setLock, &lock) != 0, errno == EAGAIN || errno == EACCES {
        close(number)
        throw ExchangeError(
          .locked, at: Place(target), "another process is writing this file (it holds \(path))",
          remedy: "wait for it or end it")
      }
      var held = stat()
      var named = stat()
      if fstat(number, &held) == 0, lstat(path, &named) == 0, held.st_ino == named.st_ino,
        held.st_dev == named.st_dev
      {
        return number
      }
      close(number)
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
    let number = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if number >= 0 {
      // An export can be made again: a name that the disk has not confirmed is no failure.
      fsync(number)
      close(number)
    }
  }

  private func failure(_ cause: String) -> ExchangeError {
    ExchangeError(
      .notCommitted, at: Place(target), cause,
      remedy: "see that the disk has room and the folder may be written; a file that was there before is as it was")
  }
}
