import CHDF5
import Glibc
import Problems

/// The one door to libhdf5, which need not be built for threads: every call runs under one process-wide recursive lock.
enum Library {
  nonisolated(unsafe) private static let lock: UnsafeMutablePointer<pthread_mutex_t> = {
    let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    var attributes = pthread_mutexattr_t()
    pthread_mutexattr_init(&attributes)
    pthread_mutexattr_settype(&attributes, Int32(PTHREAD_MUTEX_RECURSIVE))
    pthread_mutex_init(mutex, &attributes)
    pthread_mutexattr_destroy(&attributes)
    // At exit the library would close once more what could not be closed, and crash; whatever was not closed by then
    // is not meant to be kept.
    H5dont_atexit()
    H5open()
    return mutex
  }()

  /// Does now what the first call would take some milliseconds for.
  static func prepare() { locked {} }

  private static let noStack: hid_t = 0

  /// Runs `body` under the lock. It may be entered again by the thread that holds it, as `deinit` does.
  static func locked<Result>(_ body: () throws -> Result) rethrows -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    // Errors go into HDF5Error, never to the terminal; a build with threads keeps this setting for each of them.
    H5Eset_auto2(noStack, nil, nil)
    return try body()
  }

  /// Runs one call of the library; a negative answer becomes an error with the library's stack.
  @discardableResult
  static func call<Answer: SignedInteger>(
    _ kind: HDF5Error.Kind, at place: @autoclosure () -> Place, _ what: @autoclosure () -> String,
    _ body: () -> Answer
  ) throws -> Answer {
    try locked {
      let answer = body()
      guard answer >= 0 else { throw failure(kind, at: place(), what()) }
      return answer
    }
  }

  /// The error of the call that just failed. To be called under the lock.
  static func failure(_ kind: HDF5Error.Kind, at place: Place, _ what: String) -> HDF5Error {
    let stack = errorStack()
    let story = stack.joined(separator: " <- ")
    var error = HDF5Error(kind, at: place, story.isEmpty ? what : "\(what) (libhdf5: \(story))")
    if story.contains("Fletcher32 checksum") {
      error = HDF5Error(
        .unreadable, at: place, "\(what): the bytes on disk fail their checksum (libhdf5: \(story))",
        remedy: "the file was damaged after it was written: take it from a backup or make it again")
    } else if story.contains("unable to lock file") {
      error.kind = .locked
      error.remedy =
        "another process has the file open; wait for it or end it. On a shared file system that cannot lock, "
        + "set HDF5_USE_FILE_LOCKING=FALSE, and take care that nothing else writes the file"
    } else if story.contains("truncated file") {
      error.remedy = "the file is cut short: copy or download it again"
    }
    H5Eclear2(noStack)
    return error
  }

  /// What the library noted, from the call that was made down to the first thing that failed.
  private static func errorStack() -> [String] {
    var lines: [String] = []
    withUnsafeMutablePointer(to: &lines) { pointer in
      _ = H5Ewalk2(
        noStack, H5E_WALK_DOWNWARD,
        { _, entry, context in
          guard let entry = entry?.pointee, let lines = context?.assumingMemoryBound(to: [String].self) else {
            return 0
          }
          let function = entry.func_name.map { String(cString: $0) } ?? "?"
          let text = entry.desc.map { String(cString: $0) } ?? "?"
          lines.pointee.append("\(function): \(text)")
          return 0
        }, pointer)
    }
    return lines
  }
}
