import Testing

@testable import Formats

@Suite("GzipSource") struct GzipSourceTests {
  private static let text = Array("gene\tS1\tS2\nTP53\t1.5\t-2\nKRAS\tNA\t3\n".utf8)
  /// Long and varied enough for a block with Huffman tables of its own.
  private static let table = Array((0..<120).map { "gene\($0)\t\($0 * $0 % 97).\($0)\tNA\n" }.joined().utf8)

  private func inflate(_ bytes: [UInt8], piece: Int = .max, step: Int = 1 << 16) throws -> [UInt8] {
    try GzipSource(MemorySource(bytes, piece: piece), path: "table.gz").readAll(step: step)
  }

  @Test(
    "inflates what Python's gzip wrote, in pieces of any size",
    arguments: ["one-member", "named", "all-fields", "three-members", "padded"], [1, 2, 3, 7, 64, Int.max])
  func members(_ name: String, piece: Int) throws {
    let bytes = try Fixture.bytes("gzip/\(name).tsv.gz")
    for step in [1, 2, 5, 1 << 16] { #expect(try inflate(bytes, piece: piece, step: step) == Self.text) }
  }

  @Test("inflates a hundred members, some of them empty")
  func manyMembers() throws {
    var bytes: [UInt8] = []
    var expected: [UInt8] = []
    for index in 0..<100 {
      let part = index % 3 == 0 ? [] : Array(Self.table[index...])
      bytes += try gzipped(part, level: Int32(index % 10))
      expected += part
    }
    for piece in [1, 13, 4096, Int.max] { #expect(try inflate(bytes, piece: piece) == expected) }
  }

  @Test("gives nothing for a stream of one empty member")
  func emptyMember() throws {
    #expect(try inflate(gzipped("")) == [])
  }

  @Test(
    "refuses a damaged stream and says what is wrong",
    arguments: [
      (
        "trailing-garbage", FormatError.Kind.malformed,
        "bytes follow the end of the gzip stream that are no gzip member"
      ),
      ("truncated", .truncated, "the gzip stream ends before its last block"),
      ("wrong-checksum", .malformed, "the gzip stream's checksum does not match its content"),
      ("wrong-length", .malformed, "the gzip stream's checksum does not match its content"),
    ])
  func damage(_ name: String, kind: FormatError.Kind, cause: String) throws {
    let bytes = try Fixture.bytes("gzip/\(name).tsv.gz")
    let error = try #require(throws: FormatError.self) { try inflate(bytes) }
    #expect(error.kind == kind)
    #expect(error.cause == cause)
    #expect(error.place?.description == "table.gz")
    #expect(error.remedy != nil)
  }

  @Test("refuses a header whose checksum is wrong")
  func headerChecksum() throws {
    var bytes = try Fixture.bytes("gzip/all-fields.tsv.gz")
    bytes[13] ^= 1
    #expect(
      try #require(throws: FormatError.self) { try inflate(bytes) }.cause
        == "the gzip header's checksum does not match it")
  }

  @Test("refuses what is no gzip stream, and an empty file")
  func noGzip() throws {
    #expect(try #require(throws: FormatError.self) { try inflate([]) }.kind == .truncated)
    let error = try #require(throws: FormatError.self) { try inflate(Array("gene\tS1\tS2\n".utf8)) }
    #expect(error.cause == "this is no gzip header")
  }

  @Test("throws wherever a stream is cut, and never gives less in silence", arguments: [1, 10, Int.max])
  func everyCut(_ piece: Int) throws {
    let fixtures = try ["named", "all-fields"].map { try Fixture.bytes("gzip/\($0).tsv.gz") }
    for whole in try [gzipped(Self.text), gzipped(Self.table)] + fixtures {
      for count in 0..<whole.count {
        #expect(throws: FormatError.self, "cut at \(count) of \(whole.count)") {
          try inflate(Array(whole[..<count]), piece: piece)
        }
      }
    }
  }

  @Test("throws wherever the second of two members is cut, but between them")
  func everyCutOfTwo() throws {
    let first = try gzipped(Self.text)
    let whole = try first + gzipped(Self.table)
    for count in first.count + 1..<whole.count {
      #expect(throws: FormatError.self, "cut at \(count) of \(whole.count)") { try inflate(Array(whole[..<count])) }
    }
    #expect(try inflate(first) == Self.text)
  }

  @Test("throws or gives the same content whichever bit is flipped")
  func everyBit() throws {
    let fixture = (Self.text, try Fixture.bytes("gzip/all-fields.tsv.gz"))
    for (text, whole) in try [(Self.text, gzipped(Self.text)), (Self.table, gzipped(Self.table)), fixture] {
      for index in whole.indices {
        for bit in 0..<8 {
          var damaged = whole
          damaged[index] ^= 1 << bit
          do {
            #expect(try inflate(damaged) == text, "bit \(bit) of byte \(index)")
          } catch let error as FormatError {
            #expect(error.kind == .malformed || error.kind == .truncated)
          }
        }
      }
    }
  }

  @Test("inflates megabytes of zeros through small buffers")
  func zeros() throws {
    let zeros = [UInt8](repeating: 0, count: 3_000_000)
    let bytes = try gzipped(zeros)
    #expect(bytes.count < 4000)
    #expect(try inflate(bytes, step: 1000) == zeros)
  }
}
