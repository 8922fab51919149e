import Files
import Glibc
import HDF5
import Problems

/// A store that is being written beside its target, and takes the target's place only when it is whole.
final class PendingStore {
  /// Where the store will be.
  let target: String
  /// Where it is written.
  let path: String
  private let partial: PartialFile
  let file: FileDescriptor
  private var isCommitted = false

  init(target: String) throws {
    self.target = target
    guard let partial = PartialFile(beside: target) else {
      throw StoreError(.notCommitted, at: Place(target), "is not the name of a file")
    }
    (self.partial, path) = (partial, partial.path)
    do {
      file = FileDescriptor(try partial.hold(requiringLock: true), path: target)
    } catch {
      throw Self.failure(error, path, for: target)
    }
  }

  deinit {
    // Removed while it is still held, so that no other writer's file can be meant.
    if !isCommitted { unlink(path) }
  }

  private static func failure(_ refusal: PartialFile.Refusal, _ path: String, for target: String) -> StoreError {
    switch refusal {
    case .cannotCreate(let code):
      StoreError(
        .notCommitted, at: Place(target), "cannot create \(path): \(systemError(code))",
        remedy: "see that the folder is there and may be written")
    case .cannotLock(let code):
      StoreError(
        .notCommitted, at: Place(target), "cannot lock \(path): \(systemError(code))",
        remedy: "write to a file system that can lock files, then copy the store")
    case .isHeld:
      StoreError(
        .locked, at: Place(target), "another process is writing this store (it holds \(path))",
        remedy: "wait for it or end it; on a shared file system it may run on another machine")
    }
  }

  /// Makes the HDF5 content, in memory, to be filled.
  func create() throws -> HDF5File {
    try writing { try HDF5File.createInMemory(target, userBlock: StoreSeal.length) }
  }

  /// Runs what fills the store and gives its failures the target's name.
  func writing<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as HDF5Error { throw StoreError(writing: error, to: target) }
  }

  /// Writes the content behind its seal, brings it to the disk, reads it back, and puts it in the target's place.
  func commit(_ content: HDF5File) throws {
    try writing {
      try content.withImage { image in
        let bytes = UnsafeRawBufferPointer(rebasing: image[StoreSeal.length...])
        var sum = SHA256()
        sum.update(bytes)
        let seal = StoreSeal(sha256: sum.hex(), bytes: bytes.count)
        guard ftruncate(file.number, 0) == 0 else {
          throw StoreError(.notCommitted, at: Place(target), "cannot empty \(path): \(lastSystemError())")
        }
        try seal.block.withUnsafeBytes { try file.write($0, at: 0) }
        try file.write(bytes, at: StoreSeal.length)
      }
      try content.close()
    }
    try place()
  }

  /// Puts content that stands on the disk behind its seal in the target's place.
  func commit(sealedWith seal: StoreSeal) throws {
    try seal.block.withUnsafeBytes { try file.write($0, at: 0) }
    try place()
  }

  /// Brings the sealed content to the disk, reads it back, and puts it in the target's place.
  private func place() throws {
    guard fsync(file.number) == 0 else {
      throw StoreError(.notCommitted, at: Place(target), "cannot bring the store to the disk: \(lastSystemError())")
    }
    try readBack()
    guard rename(path, target) == 0 else {
      throw StoreError(.notCommitted, at: Place(target), "cannot put the store in place: \(lastSystemError())")
    }
    isCommitted = true
    try confirm()
  }

  private func readBack() throws {
    let verification = try StoreVerification(of: path, isLocking: false)
    guard let fault = verification.findings.first(where: { $0.severity == .error }) else { return }
    throw StoreError(
      .notCommitted, at: Place(target, object: fault.place.object), "the store did not read back: \(fault.cause)",
      remedy: fault.remedy)
  }

  /// Brings the new name to the disk.
  private func confirm() throws {
    guard let code = partial.syncFolder() else { return }
    throw StoreError(
      .durabilityUncertain, at: Place(target),
      "the new store is in place, but its folder could not be brought to the disk: \(systemError(code))",
      remedy: "verify the store after a power failure")
  }
}

extension StoreSeal {
  /// Throws if the content is not the one that was sealed.
  func check(_ content: (hex: String, bytes: Int), at place: Place) throws {
    guard content.bytes == bytes else {
      throw StoreError(
        .damaged, at: place,
        "is \(content.bytes < bytes ? "cut short" : "too long"): \(content.bytes) bytes of content, sealed with \(bytes)",
        remedy: StoreError.damagedRemedy)
    }
    guard content.hex == sha256 else {
      throw StoreError(
        .damaged, at: place, "its SHA-256 is \(content.hex), sealed with \(sha256)", remedy: StoreError.damagedRemedy)
    }
  }
}
