import Embedding
import Files
import Glibc
import Problems

/// The scores of a shard's samples in a file: a line, the plan and the shard in a second, then entries of a stretch of
/// samples each, with a sum over each entry. An entry that is not whole ends the file.
///
/// Under way it is what a killed run leaves; whole, it is a part that `merge` joins. Entries are read one at a time.
struct ScoreEntries {
  let plan: ScoringPlan
  let shard: Shard
  let path: String
  private let file: OpenFile
  private let head: [UInt8]

  private static let format = "therapi-scores 1"
  private static let sumBytes = 64

  /// What the second line holds.
  private struct Heading: Codable {
    var plan: ScoringPlan
    var shard: String
    var key: String
  }

  init(_ plan: ScoringPlan, _ shard: Shard, path: String, file: OpenFile) throws {
    (self.plan, self.shard, self.path, self.file) = (plan, shard, path, file)
    let heading = Heading(plan: plan, shard: "\(shard)", key: try plan.key)
    head = Array("\(Self.format)\n\(try HeaderText.json(heading))\n".utf8)
  }

  /// Reads the head of a part; throws `PredictionError` `.checkpoint` where it is something else.
  init(reading path: String, file: OpenFile) throws {
    func error(_ cause: String) -> PredictionError {
      PredictionError(
        .checkpoint, at: Place(path), cause, remedy: "take a file that `therapi score --shard` wrote, as it was written"
      )
    }
    let start = try Self.read(file, Self.format.utf8.count + 1, at: 0, of: path)
    guard start == Array("\(Self.format)\n".utf8) else { throw error("is no part of a cohort's scores") }
    var bytes: [UInt8] = []
    while !bytes.contains(0x0A) {
      let more = try Self.read(file, 65_536, at: start.count + bytes.count, of: path)
      guard !more.isEmpty, bytes.count < 1 << 26 else { throw error("is cut short") }
      bytes += more
    }
    let line = bytes.prefix { $0 != 0x0A }
    guard let heading: Heading = HeaderText.value(String(decoding: line, as: UTF8.self)),
      let shard = Shard(heading.shard), try heading.plan.key == heading.key
    else { throw error("has a damaged head") }
    try self.init(heading.plan, shard, path: path, file: file)
    guard head.count == start.count + line.count + 1 else { throw error("has a damaged head") }
  }

  /// The shard's samples.
  var samples: Range<Int> { plan.samples(of: shard) }

  /// Samples of an entry, by its number.
  func samples(ofEntry number: Int) -> Range<Int> {
    let start = samples.lowerBound + number * plan.stretch
    return start..<min(samples.upperBound, start + plan.stretch)
  }

  var count: Int { (samples.count + plan.stretch - 1) / plan.stretch }

  private func bytes(of number: Int) -> Int {
    samples(ofEntry: number).count * plan.drugs.count * ScoreSummary.size * MemoryLayout<Float>.stride + Self.sumBytes
  }

  private func offset(of number: Int) -> Int { head.count + number * bytes(of: 0) }

  /// Bytes of the whole file.
  private var end: Int { count == 0 ? head.count : offset(of: count - 1) + bytes(of: count - 1) }

  /// Whether the file begins with this plan and shard.
  func isBegun() throws -> Bool { try Self.read(file, head.count, at: 0, of: path) == head }

  /// Empties the file but for its head.
  func begin() throws {
    try Self.failing(path) { () throws(SystemFailure) in
      try file.cut(to: 0)
      try file.write(head, at: 0)
    }
  }

  /// An entry's scores, three numbers a pair; nil where it is not whole.
  func entry(_ number: Int) throws -> [Float]? {
    let whole = try Self.read(file, bytes(of: number), at: offset(of: number), of: path)
    guard whole.count == bytes(of: number) else { return nil }
    let content = whole.dropLast(Self.sumBytes)
    guard Array(SHA256.hex(of: content).utf8) == Array(whole.suffix(Self.sumBytes)) else { return nil }
    let numbers = content.count / MemoryLayout<Float>.stride
    return [Float](unsafeUninitializedCapacity: numbers) { buffer, filled in
      content.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
      filled = numbers
    }
  }

  /// Writes an entry, and brings it to the disk.
  func write(_ scores: [Float], entry number: Int) throws {
    var bytes = scores.withUnsafeBytes { Array($0) }
    bytes += Array(SHA256.hex(of: bytes).utf8)
    precondition(bytes.count == self.bytes(of: number), "\(scores.count) scores in entry \(number)")
    try Self.failing(path) { () throws(SystemFailure) in
      try file.write(bytes, at: offset(of: number))
      try file.sync()
    }
  }

  /// Cuts off what stands behind the last entry.
  func close() throws {
    try Self.failing(path) { () throws(SystemFailure) in
      try file.cut(to: end)
      try file.sync()
    }
  }

  /// As many of the bytes as there are.
  private static func read(_ file: OpenFile, _ count: Int, at start: Int, of path: String) throws -> [UInt8] {
    try failing(path) { () throws(SystemFailure) in try file.bytes(at: start, count: count) }
  }

  private static func failing<Result>(_ path: String, _ body: () throws(SystemFailure) -> Result) throws -> Result {
    do { return try body() } catch {
      throw PredictionError(
        .unwritable, at: Place(path), error.words, remedy: "see that the disk has room and the folder is writable")
    }
  }
}
