import Files
import Glibc
import Problems

/// A text that takes its target's place as a whole; from its making on, nobody else can write the same target.
final class HeldFile {
  private let target: String
  private let partial: PartialFile
  private let file: OpenFile
  private var isCommitted = false

  /// Throws `PredictionError` `.locked` while another process holds the target.
  init(_ target: String) throws {
    guard let partial = PartialFile(beside: target) else {
      throw PredictionError(.unwritable, at: Place(target), "is not the name of a file")
    }
    (self.target, self.partial) = (target, partial)
    do {
      file = OpenFile(try partial.hold(requiringLock: false))
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
  }

  func commit(_ text: String) throws {
    do {
      try file.cut(to: 0)
      try file.write(Array(text.utf8), at: 0)
      try file.sync()
    } catch { throw failure(error) }
    guard rename(partial.path, target) == 0 else { throw failure(.last) }
    isCommitted = true
    // It can be made again from the folds: a name that the disk has not confirmed is no failure.
    _ = partial.syncFolder()
  }

  private func failure(_ failure: SystemFailure) -> PredictionError {
    PredictionError(
      .unwritable, at: Place(target), "cannot write it: \(failure.words)",
      remedy: "see that the disk has room and the folder may be written; a file that was there before is as it was")
  }
}
