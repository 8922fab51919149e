import Glibc

/// The name `.NAME.partial` beside a target, under which a file is written until it is whole.
///
/// The file is held with an exclusive advisory lock. What a killed run left is taken over; a running one refuses the
/// second writer.
package struct PartialFile: Sendable {
  /// Why the file cannot be held, with the system's error number.
  package enum Refusal: Error {
    case cannotCreate(Int32)
    case isHeld
    /// The file system cannot lock files.
    case cannotLock(Int32)
  }

  /// The target's folder.
  private let folder: String
  package let path: String

  /// Nil where `target` is not the name of a file.
  package init?(beside target: String) {
    let slash = target.lastIndex(of: "/")
    folder = slash.map { $0 == target.startIndex ? "/" : String(target[..<$0]) } ?? "."
    let name = slash.map { String(target[target.index(after: $0)...]) } ?? target
    guard !name.isEmpty, name != ".", name != ".." else { return nil }
    path = "\(folder)/.\(name).partial"
  }

  /// Linux's `F_OFD_SETLK`, which Glibc's module does not export: the lock belongs to the open file, so that two
  /// writers of one process exclude each other too, and a killed one lets go.
  private static let setLock: Int32 = 37

  /// Opens the file, locks it, and makes sure that it still has this name: a commit may just have renamed it.
  ///
  /// Returns the descriptor, which is the caller's to close. Without `requiringLock`, a file system that cannot lock is
  /// written to all the same.
  package func hold(requiringLock: Bool) throws(Refusal) -> Int32 {
    while true {
      let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
      guard number >= 0 else { throw .cannotCreate(errno) }
      var lock = Glibc.flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
      if fcntl(number, Self.setLock, &lock) != 0 {
        let code = errno
        let isHeld = code == EAGAIN || code == EACCES
        if isHeld || requiringLock {
          close(number)
          throw isHeld ? .isHeld : .cannotLock(code)
        }
      }
      var held = stat()
      var named = stat()
      if fstat(number, &held) == 0, lstat(path, &named) == 0, held.st_ino == named.st_ino, held.st_dev == named.st_dev {
        return number
      }
      close(number)
    }
  }

  /// Brings the name that a file was just given to the disk; the system's error number where that fails.
  package func syncFolder() -> Int32? {
    let number = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { return errno }
    defer { close(number) }
    return fsync(number) == 0 ? nil : errno
  }
}
