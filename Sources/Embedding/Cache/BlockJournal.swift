import Files
import Glibc
import Problems

/// Rows of a block that are done, on the disk from the moment they are: what a killed run leaves, the next one takes up.
///
/// The file is a line with the key of the plan and the shard, then entries of so many rows each: the first row's
/// number, the count, the numbers, and a sum over all of them. An entry that is not whole ends the file.
final class BlockJournal {
  let path: String
  private let file: OpenFile
  private let columns: Int
  private let head: [UInt8]
  private var end: Int

  /// Opens the journal of `target`, held against other runs; `.unwritable` where that is impossible, `.part` where
  /// another run has it.
  init(of target: String, _ plan: BlockPlan, _ shard: Shard) throws {
    guard let partial = Self.file(of: target, plan) else {
      throw EmbeddingError(.unwritable, at: Place(target), "is not the name of a file")
    }
    path = partial.path
    columns = plan.columns
    head = Array("therapi-journal 1 \(plan.key) \(shard)\n".utf8)
    end = head.count
    do { file = OpenFile(try partial.hold(requiringLock: true)) } catch {
      switch error {
      case .isHeld:
        throw EmbeddingError(
          .part, at: Place(target), "another run is making \(plan.path) (it holds \(partial.path))",
          remedy: "wait for it or end it")
      case .cannotCreate(let code), .cannotLock(let code):
        throw EmbeddingError(
          .unwritable, at: Place(target), "cannot write \(partial.path): \(systemError(code))",
          remedy: "see that the folder may be written, on a file system that can lock files")
      }
    }
  }

  private static func file(of target: String, _ plan: BlockPlan) -> PartialFile? {
    PartialFile(beside: "\(target).\(plan.path.name).journal")
  }

  /// Takes away what a run left that was killed when its block was whole already, or that is not to be gone on from.
  static func discard(of target: String, _ plan: BlockPlan, _ shard: Shard) throws {
    guard let path = file(of: target, plan)?.path, access(path, F_OK) == 0 else { return }
    try BlockJournal(of: target, plan, shard).remove()
  }

  /// The rows that an earlier run of the same plan kept, from `first` on without a gap; anything else is thrown away.
  func restore(from first: Int, limit: Int) throws -> [Float] {
    var rows: [Float] = []
    _ = try replay(from: first, limit: limit) { rows += $1 }
    return rows
  }

  /// Gives these rows out entry by entry, so that they need not be in memory together; the first row that was not kept.
  func replay(from first: Int, limit: Int, _ take: (Range<Int>, [Float]) throws -> Void) throws -> Int {
    var done = first
    if try read(head.count, at: 0) == head {
      while let entry = try entry(at: end, expecting: done, limit: limit) {
        let rows = done..<(done + entry.count / columns)
        try take(rows, entry)
        end += size(ofRows: rows.count)
        done = rows.upperBound
      }
    } else {
      try write(head, at: 0)
    }
    try failing { () throws(SystemFailure) in try file.cut(to: end) }
    return done
  }

  /// Adds rows, and brings them to the disk.
  func append(_ values: [Float], from first: Int) throws {
    var bytes = Self.bytes(UInt64(first)) + Self.bytes(UInt64(values.count / columns))
    bytes += values.withUnsafeBytes { Array($0) }
    bytes += Array(SHA256.hex(of: bytes).utf8)
    try write(bytes, at: end)
    try failing { () throws(SystemFailure) in try file.sync() }
    end += bytes.count
  }

  /// Takes the file away, once the block is where it belongs.
  func remove() throws {
    guard unlink(path) == 0 else { throw failure(.last) }
  }

  private static let sumBytes = 64

  private func size(ofRows rows: Int) -> Int { 16 + rows * columns * 4 + Self.sumBytes }

  private func entry(at start: Int, expecting first: Int, limit: Int) throws -> [Float]? {
    let front = try read(16, at: start)
    guard front.count == 16 else { return nil }
    let numbers = front.withUnsafeBytes {
      ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }
    guard numbers.0 == UInt64(first), numbers.1 > 0, numbers.1 <= UInt64(max(0, limit - first)) else { return nil }
    let whole = try read(size(ofRows: Int(numbers.1)), at: start)
    guard whole.count == size(ofRows: Int(numbers.1)) else { return nil }
    let content = whole.dropLast(Self.sumBytes)
    guard Array(SHA256.hex(of: content).utf8) == Array(whole.suffix(Self.sumBytes)) else { return nil }
    return [Float](unsafeUninitializedCapacity: Int(numbers.1) * columns) { buffer, filled in
      content.dropFirst(16).withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
      filled = Int(numbers.1) * columns
    }
  }

  private static func bytes(_ number: UInt64) -> [UInt8] { withUnsafeBytes(of: number.littleEndian) { Array($0) } }

  /// As many of the bytes as there are.
  private func read(_ count: Int, at start: Int) throws -> [UInt8] {
    try failing { () throws(SystemFailure) in try file.bytes(at: start, count: count) }
  }

  private func write(_ bytes: [UInt8], at start: Int) throws {
    try failing { () throws(SystemFailure) in try file.write(bytes, at: start) }
  }

  private func failing<Result>(_ body: () throws(SystemFailure) -> Result) throws -> Result {
    do { return try body() } catch { throw failure(error) }
  }

  private func failure(_ failure: SystemFailure) -> EmbeddingError {
    EmbeddingError(
      .unwritable, at: Place(path), failure.words, remedy: "see that the disk has room and the folder is writable")
  }
}
