import Dispatch
import Files
import Formats
import Foundation
import TestSupport
import Testing

@testable import Ingest

@Suite("Hashing inputs as they are read") struct InputHashTests {
  private let folder: TemporaryFolder
  private let path: String
  private let bytes: [UInt8]

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("input")
    bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  private func show(_ range: Range<Int>, to hash: InputHash) {
    bytes[range].withUnsafeBytes { hash.observe($0, at: range.lowerBound) }
  }

  @Test("gives the sum of the file, whatever parts its readers come by", arguments: 0..<30)
  func parts(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let hash = InputHash(path)
    for _ in 0..<Int.random(in: 0..<12, using: &random) {
      let start = Int.random(in: 0..<bytes.count, using: &random) * Int.random(in: 0...1, using: &random)
      show(start..<Int.random(in: start...bytes.count, using: &random), to: hash)
    }
    #expect(try hash.hex(size: bytes.count) == SHA256.hex(of: bytes))
  }

  @Test("gives the sum where several threads read the file at once")
  func threads() throws {
    let (hash, bytes) = (InputHash(path), bytes)
    DispatchQueue.concurrentPerform(iterations: 4) { thread in
      let step = 1000 + thread
      for start in stride(from: 0, to: bytes.count, by: step) {
        bytes[start..<min(start + step, bytes.count)].withUnsafeBytes { hash.observe($0, at: start) }
      }
    }
    #expect(try hash.hex(size: bytes.count) == SHA256.hex(of: bytes))
  }

  @Test("sums the bytes that were read, not those that took their place since")
  func whatWasRead() throws {
    let hash = InputHash(path)
    show(0..<bytes.count, to: hash)
    try Data(bytes.reversed()).write(to: URL(fileURLWithPath: path))
    #expect(try hash.hex(size: bytes.count) == SHA256.hex(of: bytes))
  }

  @Test("an input that nobody reads is summed all the same, once for each name")
  func ledger() throws {
    let ledger = InputLedger(root: folder.path)
    _ = try ledger.open("input", role: "expression")
    _ = try ledger.open("input", role: "platform")
    let entries = try ledger.entries()
    #expect(entries.map(\.name) == ["input"])
    #expect(entries.map(\.sha256) == [SHA256.hex(of: bytes)])
    #expect(entries.map(\.bytes) == [bytes.count])
  }
}
