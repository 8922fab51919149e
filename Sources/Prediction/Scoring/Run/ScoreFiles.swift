import Embedding
import Files
import Glibc
import Problems

/// The journal of scores under way, beside where they go; held against other runs.
final class ScoreJournal {
  let entries: ScoreEntries
  private let partial: PartialFile

  /// Opens the journal of `target`; `.locked` where another run has it.
  init(of target: String, _ plan: ScoringPlan, _ shard: Shard) throws {
    guard let partial = Self.file(of: target) else {
      throw PredictionError(.unwritable, at: Place(target), "is not the name of a file")
    }
    self.partial = partial
    let descriptor: Int32
    do { descriptor = try partial.hold(requiringLock: true) } catch {
      switch error {
      case .isHeld:
        throw PredictionError(
          .locked, at: Place(target), "another run is scoring into it (it holds \(partial.path))",
          remedy: "wait for it or end it")
      case .cannotCreate(let code), .cannotLock(let code):
        throw PredictionError(
          .unwritable, at: Place(target), "cannot write \(partial.path): \(systemError(code))",
          remedy: "see that the folder may be written, on a file system that can lock files")
      }
    }
    entries = try ScoreEntries(plan, shard, path: partial.path, file: OpenFile(descriptor))
  }

  private static func file(of target: String) -> PartialFile? { PartialFile(beside: "\(target).journal") }

  /// Takes away what a run left that was killed when its scores were whole already.
  static func discard(of target: String, _ plan: ScoringPlan, _ shard: Shard) throws {
    guard let path = file(of: target)?.path, access(path, F_OK) == 0 else { return }
    try ScoreJournal(of: target, plan, shard).remove()
  }

  /// Number of entries that an earlier run of the same plan left; what is of another plan is thrown away.
  func restore() throws -> Int {
    guard try entries.isBegun() else {
      try entries.begin()
      return 0
    }
    return try (0..<entries.count).first { try entries.entry($0) == nil } ?? entries.count
  }

  /// Makes the whole journal the part at a path.
  func become(_ path: String) throws {
    try entries.close()
    guard rename(partial.path, path) == 0 else {
      throw PredictionError(
        .unwritable, at: Place(path), "cannot put the part in place: \(lastSystemError())",
        remedy: "see that the folder may be written")
    }
    _ = partial.syncFolder()
  }

  /// Takes the file away, once the scores are where they belong.
  func remove() throws {
    guard unlink(partial.path) == 0 else {
      throw PredictionError(
        .unwritable, at: Place(partial.path), "cannot remove it: \(lastSystemError())", remedy: "remove it by hand")
    }
  }
}

/// A part that `therapi score --shard` wrote, open for reading.
struct ScorePart {
  let entries: ScoreEntries

  init(_ path: String) throws {
    let file: OpenFile
    do { file = try OpenFile.reading(path) } catch {
      throw PredictionError(
        .checkpoint, at: Place(path), "cannot be read: \(error.words)", remedy: "name a part that is there")
    }
    entries = try ScoreEntries(reading: path, file: file)
  }

  /// Whether a file begins as a part of scores does.
  static func isPart(_ path: String) -> Bool {
    let mark = Array("therapi-scores".utf8)
    do { return try OpenFile.reading(path).bytes(at: 0, count: mark.count) == mark } catch { return false }
  }
}
