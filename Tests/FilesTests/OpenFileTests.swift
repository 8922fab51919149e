import Files
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("An open file")
struct OpenFileTests {
  private func withFile(_ body: (OpenFile, String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    try #require(number >= 0)
    defer { unlink(path) }
    try body(OpenFile(number), path)
  }

  @Test("gives back what was written at a place, and no more than there is")
  func places() throws {
    try withFile { file, path in
      try file.write([1, 2, 3], at: 4)
      #expect(file.size == 7)
      #expect(try file.bytes(at: 0, count: 100) == [0, 0, 0, 0, 1, 2, 3])
      #expect(try file.bytes(at: 5, count: 1) == [2])
      #expect(try file.bytes(at: 7, count: 3).isEmpty)
      try file.cut(to: 5)
      try file.sync()
      #expect(try OpenFile.reading(path).bytes(at: 0, count: 100) == [0, 0, 0, 0, 1])
    }
  }

  @Test("says what the system said where a call fails")
  func failures() throws {
    #expect(throws: SystemFailure(code: ENOENT)) { try OpenFile.reading("/there/is/none") }
    try withFile { _, path in
      let file = try OpenFile.reading(path)
      #expect(throws: SystemFailure(code: EBADF)) { try file.write([1], at: 0) }
      #expect(throws: SystemFailure(code: EINVAL)) { try file.cut(to: 0) }
    }
    let folder = try OpenFile.reading("/")
    #expect(folder.size == nil)
    #expect(throws: SystemFailure(code: EISDIR)) { try folder.bytes(at: 0, count: 1) }
    #expect(SystemFailure(code: ENOENT).words == systemError(ENOENT))
  }

  @Test("does not wait for a pipe that nobody writes to")
  func pipe() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try #require(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    #expect(try OpenFile.reading(path).size == nil)
  }

  @Test("takes all that is written where a descriptor stands, through a pipe too")
  func stream() throws {
    var ends: [Int32] = [0, 0]
    let code = Glibc.pipe(&ends)
    try #require(code == 0)
    let (reading, writing) = (ends[0], OpenFile(ends[1]))
    defer { close(reading) }
    try [UInt8]("words".utf8).withUnsafeBytes { try writeAll($0, to: writing.number) }
    var buffer = [UInt8](repeating: 0, count: 9)
    let count = read(reading, &buffer, 9)
    #expect(count == 5 && buffer.starts(with: "words".utf8))
  }
}
