import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Formats

@Suite("FileSource") struct FileSourceTests {
  @Test("reads a file and counts what it read")
  func reads() throws {
    let consumed = ByteCount()
    let source = try FileSource(try Fixture.path("text/short-row.csv"), counting: consumed)
    #expect(source.size == 16)
    #expect(try source.readAll(step: 5) == Array("a,b,c\n1,2,3\n4,5\n".utf8))
    #expect(consumed.value == 16)
  }

  @Test("shows an observer each byte with its place, also where the file is unpacked ahead")
  func observed() throws {
    for (name, expected) in [("text/short-row.csv", 16), ("gzip/three-members.tsv.gz", nil)] {
      let path = try Fixture.path(name)
      let seen = SeenBytes()
      let input = try InputFile(path, observer: seen)
      #expect(input.isStream)
      _ = try input.source().readAll(step: 5)
      #expect(seen.bytes == (try Fixture.bytes(name)))
      if let expected { #expect(input.consumed.value == expected) }
    }
  }

  /// Keeps what it is shown, and checks that it comes in order.
  private final class SeenBytes: ByteObserver {
    private let seen = Mutex<[UInt8]>([])

    var bytes: [UInt8] { seen.withLock(\.self) }

    func observe(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
      let piece = Array(bytes)
      seen.withLock {
        #expect(offset == $0.count)
        $0 += piece
      }
    }
  }

  @Test("names a file that is not there, and a folder")
  func missing() throws {
    let folder = try TemporaryFolder()
    let missing = try #require(throws: FormatError.self) { try FileSource(folder.file("none.csv")) }
    #expect(missing.kind == .unreadable)
    #expect(missing.description.hasPrefix("\(folder.path)/none.csv: there is no such file\n  remedy: "))
    let directory = try #require(throws: FormatError.self) { try FileSource(folder.path) }
    #expect(directory.cause == "is a folder, not a file")
  }
}
