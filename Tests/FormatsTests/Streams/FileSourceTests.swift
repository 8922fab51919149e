import Foundation
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
