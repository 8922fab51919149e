import Foundation
import Problems
import TestSupport
import Testing

@testable import Formats

@Suite("Zip archives")
struct ZipArchiveTests {
  private func whole(_ archive: ZipArchive, _ name: String) throws -> [UInt8] {
    try archive.source(named: name).readWhole(limit: 1 << 30, at: Place(archive.path))
  }

  private func failure(_ file: String, entry: String) throws -> FormatError {
    let archive = try ZipArchive(path: Fixture.path(file))
    return try #require(throws: FormatError.self) { try whole(archive, entry) }
  }

  @Test("lists entries with their sizes and streams them")
  func entries() throws {
    let archive = try ZipArchive(path: Fixture.path("Zip/two.zip"))
    #expect(archive.entries.map(\.name) == ["a.txt", "folder/b.txt"])
    #expect(archive.entries.map(\.size) == [6000, 4])
    #expect(try whole(archive, "a.txt") == Array(String(repeating: "alpha\n", count: 1000).utf8))
    #expect(try whole(archive, "folder/b.txt") == Array("beta".utf8))
  }

  @Test("an entry can be read line by line on another thread")
  func lines() throws {
    let lines = LineReader(try ZipArchive.source(path: Fixture.path("Zip/two.zip"), entry: "a.txt"), path: "a.txt")
    var count = 0
    while try lines.next() != nil { count += 1 }
    #expect(count == 1000)
  }

  @Test("a source keeps its archive open")
  func lifetime() throws {
    var archive: ZipArchive? = try ZipArchive(path: Fixture.path("Zip/two.zip"))
    let source = try #require(try archive?.source(named: "folder/b.txt"))
    archive = nil
    #expect(try source.readWhole(limit: 10, at: Place("b")) == Array("beta".utf8))
  }

  @Test("an entry that is not there is missing")
  func missing() throws {
    let error = try failure("Zip/two.zip", entry: "c.txt")
    #expect(error.kind == .missing && error.cause.contains("c.txt"))
  }

  @Test("an encrypted entry is named and refused")
  func encrypted() throws {
    let error = try failure("Zip/encrypted.zip", entry: "a.txt")
    #expect(error.kind == .unreadable && error.cause.contains("encrypted"))
    #expect(error.place == Place(try Fixture.path("Zip/encrypted.zip"), object: "a.txt"))
  }

  @Test("an absurd expansion is refused before anything is unpacked")
  func bomb() throws {
    #expect(try failure("Zip/bomb.zip", entry: "zeros").kind == .tooLarge)
    var limits = ZipArchive.Limits()
    limits.expansion = 2000
    let archive = try ZipArchive(path: Fixture.path("Zip/bomb.zip"), limits: limits)
    #expect(try whole(archive, "zeros").count == 8 << 20)
    limits.entrySize = 1000
    let strict = try ZipArchive(path: Fixture.path("Zip/two.zip"), limits: limits)
    #expect(throws: FormatError.self) { try strict.source(named: "a.txt") }
  }

  @Test("an entry that ends before its declared size is an error")
  func lying() throws {
    let error = try failure("Zip/lying.zip", entry: "a.txt")
    #expect(error.kind == .truncated || error.kind == .malformed)
  }

  @Test("a flipped bit in the content fails the checksum")
  func flipped() throws {
    let folder = try TemporaryFolder()
    var bytes = try Fixture.bytes("Zip/stored.zip")
    bytes[3000] ^= 1
    try Data(bytes).write(to: URL(fileURLWithPath: folder.file("a.zip")))
    let archive = try ZipArchive(path: folder.file("a.zip"))
    let error = try #require(throws: FormatError.self) { try whole(archive, "a.txt") }
    #expect(error.kind == .malformed && error.cause.contains("CRC"))
  }

  @Test("an archive cut short is truncated, another file is no archive, a missing one unreadable")
  func badArchives() throws {
    let folder = try TemporaryFolder()
    let bytes = try Fixture.bytes("Zip/two.zip")
    try Data(bytes.dropLast(40)).write(to: URL(fileURLWithPath: folder.file("cut.zip")))
    try Data("gene\tS1\n".utf8).write(to: URL(fileURLWithPath: folder.file("text.zip")))
    for (name, kind) in [
      ("cut.zip", FormatError.Kind.truncated), ("text.zip", .wrongFormat), ("none.zip", .unreadable),
    ] {
      let error = try #require(throws: FormatError.self) { try ZipArchive(path: folder.file(name)) }
      #expect(error.kind == kind, "\(name): \(error)")
    }
  }

  @Test("damaged archives throw and never crash", arguments: ["Zip/two.zip", "Zip/stored.zip"])
  func damaged(name: String) throws {
    let folder = try TemporaryFolder()
    let bytes = try Fixture.bytes(name)
    var generator = SeededGenerator(seed: 1)
    var failures = 0
    for _ in 0..<200 {
      try Data(mutate(bytes, using: &generator)).write(to: URL(fileURLWithPath: folder.file("a.zip")))
      do {
        let archive = try ZipArchive(path: folder.file("a.zip"))
        for entry in archive.entries { _ = try archive.source(entry).readWhole(limit: 1 << 20, at: Place("a")) }
      } catch is FormatError {
        failures += 1
      }
    }
    #expect(failures > 100)
  }
}
