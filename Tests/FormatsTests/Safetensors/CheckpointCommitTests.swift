import Foundation
import Problems
import TestSupport
import Testing

@testable import Formats

@Suite("Commits of checkpoints")
struct CheckpointCommitTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.safetensors")
  }

  private var partial: String { folder.file(".a.safetensors.partial") }

  private func content() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  /// A checkpoint of 400 kB that carries its number throughout.
  private static func numbered(_ number: Int) -> SafetensorsFile {
    SafetensorsFile(
      metadata: ["number": "\(number)"],
      tensors: ["w": Safetensor(shape: [100, 1_000], [Float](repeating: Float(number), count: 100_000))])
  }

  @Test("a writer killed at any moment leaves the old checkpoint or the new one", .timeLimit(.minutes(1)))
  func killed() async throws {
    // The moments are spread over about four commits, however slow the machine is.
    let duration = try ContinuousClock().measure { try Self.numbered(0).write(to: path) }
    let span = UInt32(clamping: Int(duration / .microseconds(1))) * 4
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<6 {
      let delay = UInt32.random(in: 0..<max(1, span), using: &generator)
      await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, delay = delay as UInt32] in
        let killer = Thread {
          usleep(delay)
          kill(getpid(), SIGKILL)
        }
        killer.start()
        for number in 1... { try Self.numbered(number % 1_000).write(to: path) }
      }
      let file = try SafetensorsFile(reading: path)
      let number = try #require(file.metadata["number"].flatMap(Int.init))
      #expect(same(file, Self.numbered(number)))
    }
    try Self.numbered(7).write(to: path)
    #expect(try content() == ["a.safetensors"])
  }

  @Test("what a killed run left behind is taken over, however long")
  func leftover() throws {
    try Data(repeating: 7, count: 1_000_000).write(to: URL(fileURLWithPath: partial))
    try Self.numbered(1).write(to: path)
    #expect(try same(SafetensorsFile(reading: path), Self.numbered(1)))
    #expect(try content() == ["a.safetensors"])
  }

  @Test("of two writers the second is told that the first is at work")
  func twoWriters() throws {
    try Self.numbered(1).write(to: path)
    let first = try PendingCheckpoint(target: path)
    let error = try #require(throws: FormatError.self) { try Self.numbered(2).write(to: path) }
    #expect(error.kind == .locked && error.place == Place(path) && error.origin == .input)
    #expect(try same(SafetensorsFile(reading: path), Self.numbered(1)))
    try Self.numbered(3).encode { try first.append($0) }
    try first.commit { _ in }
    #expect(try same(SafetensorsFile(reading: path), Self.numbered(3)))
  }

  @Test("what does not read back is not put in place")
  func readBack() throws {
    try Self.numbered(1).write(to: path)
    do {
      let pending = try PendingCheckpoint(target: path)
      let error = try #require(throws: FormatError.self) {
        try pending.commit { _ = try SafetensorsFile(reading: $0) }
      }
      #expect(error.kind == .notCommitted && error.cause.contains("did not read back: is only 0 bytes"))
    }
    #expect(try same(SafetensorsFile(reading: path), Self.numbered(1)))
    #expect(try content() == ["a.safetensors"])
  }

  @Test("a full disk leaves the old checkpoint and nothing else")
  func fullDisk() async throws {
    try Self.numbered(1).write(to: path)
    await #expect(processExitsWith: .success) { [path = path as String] in
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 150_000, rlim_max: 150_000)
      precondition(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      do {
        try Self.numbered(2).write(to: path)
        exit(3)
      } catch let error as FormatError {
        precondition(error.kind == .notCommitted && error.place?.file == path, error.description)
        precondition(error.origin == .program && error.remedy != nil, error.description)
      }
    }
    #expect(try same(SafetensorsFile(reading: path), Self.numbered(1)))
    #expect(try content() == ["a.safetensors"])
  }

  @Test("a folder that may not be written leaves the old checkpoint")
  func readOnlyFolder() async throws {
    try Self.numbered(1).write(to: path)
    await #expect(processExitsWith: .success) { [path = path as String, folder = folder.path as String] in
      precondition(chmod(folder, 0o555) == 0 && (geteuid() != 0 || seteuid(65_534) == 0))
      do {
        try Self.numbered(2).write(to: path)
        exit(3)
      } catch let error as FormatError {
        precondition(error.kind == .notCommitted && error.cause.contains("Permission denied"), error.description)
      }
    }
    #expect(chmod(folder.path, 0o755) == 0)
    #expect(try content() == ["a.safetensors"])
  }

  @Test("a folder that is not there, a folder and no name at all are not committed", arguments: ["no/a", "", "sub"])
  func noFile(name: String) throws {
    try FileManager.default.createDirectory(atPath: folder.file("sub"), withIntermediateDirectories: false)
    let error = try #require(throws: FormatError.self) { try Self.numbered(1).write(to: folder.file(name)) }
    #expect(error.kind == .notCommitted)
    #expect(try content() == ["sub"])
  }
}
