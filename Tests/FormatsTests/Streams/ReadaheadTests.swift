import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Formats

@Suite("Readahead") struct ReadaheadTests {
  /// Counts how many of its kind are alive.
  private final class CountedSource: ByteSource {
    private let alive: ByteCount

    init(_ alive: ByteCount) {
      self.alive = alive
      alive.add(1)
    }

    deinit { alive.add(-1) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
      buffer.initializeMemory(as: UInt8.self, repeating: 0x61)
      return buffer.count
    }
  }

  private func all(_ blocks: Readahead) throws -> [UInt8] {
    var all: [UInt8] = []
    while let block = try blocks.next() {
      #expect(!block.isEmpty)
      all += block
    }
    return all
  }

  @Test("gives every byte once and in order", arguments: [1, 2, 3, 100, 4096])
  func order(_ blockSize: Int) throws {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    for piece in [1, 99, Int.max] {
      for blocks in [2, 3, 4] {
        let reader = Readahead(MemorySource(bytes, piece: piece), blockSize: blockSize, blocks: blocks)
        #expect(try all(reader) == bytes)
        #expect(try reader.next() == nil)
      }
    }
  }

  @Test("ends at once for an empty source")
  func empty() throws {
    let reader = Readahead(MemorySource([]))
    #expect(try reader.next() == nil)
    #expect(try reader.next() == nil)
  }

  @Test("gives what was read before an error, then the error, each time it is asked", arguments: [1, 10, 64, 1 << 19])
  func failure(_ blockSize: Int) throws {
    let failure = FormatError(.malformed, at: nil, "damaged")
    let reader = Readahead(MemorySource(Array("0123456789".utf8), piece: 3, failure: failure), blockSize: blockSize)
    var all: [UInt8] = []
    let error = try #require(throws: FormatError.self) { while let block = try reader.next() { all += block } }
    #expect(error == failure)
    #expect(all == Array("0123456789".utf8))
    for _ in 0..<3 { #expect(throws: failure) { try reader.next() } }
  }

  @Test("lets go of its thread and its source when it is given up")
  func abandoned() throws {
    let alive = ByteCount()
    for index in 0..<500 {
      let reader = Readahead(CountedSource(alive), blockSize: 1 << 12, blocks: 2 + index % 3)
      for _ in 0..<index % 5 { #expect(try reader.next()?.count == 1 << 12) }
    }
    // The threads end on their own time: the deadline only bounds a run that fails.
    let deadline = Date(timeIntervalSinceNow: 30)
    while alive.value > 0, Date() < deadline { Thread.sleep(forTimeInterval: 0.001) }
    #expect(alive.value == 0)
  }

  @Test("lets go of files of which only the first line was read")
  func abandonedFiles() throws {
    let folder = try TemporaryFolder()
    let sink = try GzipSink(FileSink(folder.file("long.tsv.gz")))
    for _ in 0..<30 { try sink.write(String(repeating: "a\tb\tc\n", count: 10_000)) }
    try sink.finish()
    for _ in 0..<1500 {
      let path = folder.file("long.tsv.gz")
      let table = try TableReader(GzipSource(FileSource(path), path: path), path: path)
      #expect(table.header == ["a", "b", "c"])
    }
  }
}
