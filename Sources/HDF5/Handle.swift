import CHDF5
import Problems

/// An identifier of the library that is given back exactly once: by `close()`, or when the last owner goes.
final class Handle: Sendable {
  typealias Closer = @convention(c) (hid_t) -> herr_t

  let id: hid_t
  private let closer: Closer
  /// Keeps the file open for as long as an object in it is in use.
  private let owner: Handle?

  /// Whether closing failed: a second try crashes libhdf5 1.10. Read and set under the lock.
  nonisolated(unsafe) private var isLost = false

  init(_ id: hid_t, _ closer: @escaping Closer, owner: Handle? = nil) {
    self.id = id
    self.closer = closer
    self.owner = owner
  }

  /// Whether the identifier is still open; closing a file closes all its objects.
  var isOpen: Bool { Library.locked { H5Iis_valid(id) > 0 } }

  func close(at place: Place, _ what: String) throws {
    try Library.locked {
      guard isOpen, !isLost else { return }
      isLost = true
      try Library.call(.unwritable, at: place, what) { closer(id) }
    }
  }

  deinit {
    Library.locked { if isOpen, !isLost { _ = closer(id) } }
  }
}

/// Identifiers that live as long as one function: closed together, last opened first.
final class Scope {
  private let place: Place
  private var open: [(id: hid_t, closer: Handle.Closer)] = []

  init(at place: Place) { self.place = place }

  func keep(
    _ kind: HDF5Error.Kind, _ what: @autoclosure () -> String, _ closer: @escaping Handle.Closer, _ body: () -> hid_t
  ) throws -> hid_t {
    let id = try Library.call(kind, at: place, what(), body)
    open.append((id, closer))
    return id
  }

  /// To be called in a `defer`, which also keeps the scope alive to the end of the function.
  func close() {
    Library.locked { for (id, closer) in open.reversed() { _ = closer(id) } }
    open = []
  }
}
