import TestSupport
import Testing

@testable import Formats

@Suite("LineReader") struct LineReaderTests {
  private func lines(
    _ bytes: [UInt8], piece: Int = .max, limit: Int = 1 << 28, blockSize: Int = 1 << 19
  ) throws -> [String] {
    let reader = LineReader(
      MemorySource(bytes, piece: piece), path: "lines.txt", limit: limit, blockSize: blockSize)
    var lines: [String] = []
    while let line = try reader.next() {
      lines.append(String(decoding: line, as: UTF8.self))
      #expect(reader.line == lines.count)
    }
    #expect(try reader.next() == nil)
    return lines
  }

  private func lines(_ text: String, blockSize: Int = 1 << 19) throws -> [String] {
    try lines(Array(text.utf8), blockSize: blockSize)
  }

  @Test(
    "cuts at any line end, wherever a block ends", arguments: ["\n", "\r\n", "\r"], [4, 5, 6, 7, 8, 9, 1 << 19])
  func lineEnds(_ end: String, blockSize: Int) throws {
    for first in 0..<12 {
      let wanted = [String(repeating: "x", count: first), "", "second", "", "", "the last"]
      #expect(try lines(wanted.joined(separator: end), blockSize: blockSize) == wanted)
      #expect(try lines(wanted.joined(separator: end) + end, blockSize: blockSize) == wanted)
    }
  }

  @Test("takes the CR at a block's end for the line end when no LF follows it")
  func carriageReturnAtBlockEnd() throws {
    #expect(try lines("abc\rdef\rghi", blockSize: 4) == ["abc", "def", "ghi"])
    #expect(try lines("abc\r\ndef\r\nghi", blockSize: 4) == ["abc", "def", "ghi"])
    #expect(try lines("abc\r", blockSize: 4) == ["abc"])
    #expect(try lines("abc\r\n", blockSize: 4) == ["abc"])
  }

  @Test("reads the fixture with CR line ends")
  func carriageReturns() throws {
    #expect(
      try lines(Fixture.bytes("text/carriage-returns.txt")) == ["gene\tS1\tS2", "TP53\t1.5\t-2", "KRAS\tNA\t3"])
  }

  @Test("finds nothing in an empty file, and an empty line in a line end")
  func empty() throws {
    #expect(try lines("") == [])
    for end in ["\n", "\r\n", "\r"] { #expect(try lines(end) == [""]) }
  }

  @Test("reads lines of several megabytes across blocks", arguments: ["\n", "\r\n", "\r"])
  func longLines(_ end: String) throws {
    let wanted = [3_000_000, 1, 5_000_001, 0, 1 << 19, (1 << 20) - 1].map { String(repeating: "y", count: $0) }
    #expect(try lines(wanted.joined(separator: end) + end) == wanted)
  }

  @Test("refuses a line over the limit and names it", arguments: [4, 16, 1 << 19])
  func limit(_ blockSize: Int) throws {
    let within = "one\n" + String(repeating: "z", count: 100) + "\nthree"
    #expect(try lines(Array(within.utf8), limit: 100, blockSize: blockSize).count == 3)
    let error = try #require(throws: FormatError.self) {
      try lines(Array(within.utf8), limit: 99, blockSize: blockSize)
    }
    #expect(error.kind == .tooLarge)
    #expect(error.place?.description == "lines.txt:2")
  }

  @Test("refuses a bomb of zeros as soon as it passes the limit")
  func bomb() throws {
    let bomb = try gzipped([UInt8](repeating: 0, count: 20_000_000), level: 9)
    #expect(bomb.count < 20_000)
    let consumed = ByteCount()
    let source = CountingSource(GzipSource(MemorySource(bomb), path: "bomb.gz"), consumed)
    // Four blocks of 256 kB reach the limit; the reading thread may be eight ahead, however fast it is.
    let reader = LineReader(source, path: "bomb.gz", limit: 1_000_000, blockSize: 1 << 18)
    let error = try #require(throws: FormatError.self) { try reader.next() }
    #expect(error.kind == .tooLarge)
    #expect(consumed.value < 1_000_000 + 6 << 19)
  }

  @Test("leaves out a UTF-8 byte order mark, whatever the pieces", arguments: [1, 2, 3, Int.max])
  func byteOrderMark(_ piece: Int) throws {
    let bytes = try Fixture.bytes("text/byte-order-mark.csv")
    for blockSize in [4, 5, 1 << 19] {
      #expect(try lines(bytes, piece: piece, blockSize: blockSize) == ["gene,S1", "TP53,1"])
    }
    #expect(try lines([0xEF, 0xBB, 0xBF], piece: piece) == [])
    #expect(try lines([0xEF, 0xBB, 0xBF, 0x0A], piece: piece) == [""])
  }

  @Test("refuses UTF-16 of either order")
  func utf16() throws {
    let bytes = try Fixture.bytes("text/utf16.tsv")
    for bytes in [bytes, [0xFE, 0xFF, 0, 0x61]] {
      let error = try #require(throws: FormatError.self) { try lines(bytes) }
      #expect(error.kind == .wrongFormat)
      #expect(error.description.hasPrefix("lines.txt:1: the text is UTF-16\n  remedy: "))
    }
  }

  @Test("gives the lines before an error, then the error")
  func failure() throws {
    let failure = FormatError(.truncated, at: nil, "cut")
    let source = MemorySource(Array("one\ntwo\nthr".utf8), piece: 2, failure: failure)
    let reader = LineReader(source, path: "lines.txt")
    #expect(try reader.next()?.count == 3)
    #expect(try reader.next()?.count == 3)
    for _ in 0..<3 { #expect(throws: failure) { try reader.next() } }
  }

  @Test("agrees with cutting the whole text, for random text and blocks", arguments: 0..<300)
  func random(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let end = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
    let wanted = (0..<Int.random(in: 1..<30, using: &random)).map { _ in
      String((0..<Int.random(in: 0..<40, using: &random)).map { _ in "ab\t,\"".randomElement(using: &random) ?? "c" })
    }
    let text = wanted.joined(separator: end) + (wanted.last == "" || Bool.random(using: &random) ? end : "")
    let piece = Int.random(in: 1..<60, using: &random)
    let blockSize = Int.random(in: 4..<60, using: &random)
    // One break ends the empty last line; the joined lines hold a break less than there are lines.
    #expect(try lines(Array(text.utf8), piece: piece, blockSize: blockSize) == wanted)
  }
}

/// Passes on another source's bytes and counts them.
private final class CountingSource: ByteSource {
  private let source: any ByteSource
  private let consumed: ByteCount

  init(_ source: any ByteSource, _ consumed: ByteCount) {
    self.source = source
    self.consumed = consumed
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try source.read(into: buffer)
    consumed.add(count)
    return count
  }
}
