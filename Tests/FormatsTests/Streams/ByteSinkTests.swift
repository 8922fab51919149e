import Foundation
import TestSupport
import Testing

@testable import Formats

@Suite("ByteSink") struct ByteSinkTests {
  private static let text = (0..<5000).map { "gene\($0),\($0 % 7).25\n" }.joined()

  private func write(to path: String) throws {
    let sink = try GzipSink(FileSink(path))
    try sink.write(Self.text)
    try sink.write("")
    try sink.write("end\n")
    try sink.finish()
  }

  @Test("writes the same bytes for the same content")
  func repeatable() throws {
    let folder = try TemporaryFolder()
    try write(to: folder.file("one.csv.gz"))
    try write(to: folder.file("another.csv.gz"))
    let bytes = try FileSource(folder.file("one.csv.gz")).readAll()
    #expect(try FileSource(folder.file("another.csv.gz")).readAll() == bytes)
    // No name and no time stand in the header.
    #expect(bytes[3..<8].allSatisfy { $0 == 0 })
    let source = GzipSource(MemorySource(bytes), path: "one.csv.gz")
    #expect(try source.readAll() == Array((Self.text + "end\n").utf8))
  }

  @Test(
    "writes what Python's gzip reads",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "needs Python"))
  func readableByPython() throws {
    let folder = try TemporaryFolder()
    try write(to: folder.file("one.csv.gz"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [
      "-c", "import gzip,sys; sys.stdout.write(gzip.open(sys.argv[1],'rt').read())", folder.file("one.csv.gz"),
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let read = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(read == Data((Self.text + "end\n").utf8))
  }

  @Test("gives back, through gzip, whatever random pieces it was given", arguments: 0..<20)
  func randomPieces(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let memory = MemorySink()
    let sink = try GzipSink(memory, level: Int32.random(in: 0...9, using: &random))
    var expected: [UInt8] = []
    for _ in 0..<Int.random(in: 0..<20, using: &random) {
      let alphabet = UInt8.random(in: 0...255, using: &random)
      let piece = (0..<Int.random(in: 0..<40_000, using: &random)).map { _ in
        UInt8.random(in: 0...alphabet, using: &random)
      }
      try piece.withUnsafeBytes { try sink.write($0) }
      expected += piece
    }
    try sink.finish()
    #expect(memory.isFinished)
    #expect(try GzipSource(MemorySource(memory.bytes, piece: 999), path: "pieces.gz").readAll() == expected)
  }

  @Test("says that a folder that is not there cannot be written to")
  func noFolder() throws {
    let error = try #require(throws: FormatError.self) { try FileSink("/no/such/folder/table.csv") }
    #expect(error.kind == .unwritable)
    #expect(error.origin == .program)
    #expect(error.description == "/no/such/folder/table.csv: cannot be created: No such file or directory")
  }

  @Test(
    "throws when the device is full",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"))
  func fullDevice() throws {
    let sink = try FileSink("/dev/full")
    let error = try #require(throws: FormatError.self) {
      try sink.write(Self.text)
      try sink.finish()
    }
    #expect(error.cause == "writing failed: No space left on device")
  }
}
