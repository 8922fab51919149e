import Foundation
import HDF5
import Problems
import TestSupport
import Testing

@Suite("Bad HDF5 files")
struct BadFileTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.h5")
  }

  private func put(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

  private func sample(_ filter: HDF5Filter) throws -> [UInt8] {
    let file = try HDF5File.create(path)
    let values = (0..<4_000).map { Float($0) * 0.25 }
    try file.root.createDataset("x", .float32, shape: [1_000, 4], chunks: [100, 4], filter: filter).write(values)
    try file.close()
    return try bytes(path)
  }

  @Test(
    "a file that is not HDF5 says what it starts with",
    arguments: [
      (Array("gene\tS1\nTP53\t1\n".utf8), #"starts with "gene\tS1""#, "right file"),
      ([0x1F, 0x8B, 8, 0, 0], "starts with bytes 1f 8b 08 00 00", "gzip"),
      (Array("PK\u{3}\u{4}".utf8), "starts with bytes 50 4b 03 04", "zip"), ([], "is empty", "download"),
    ] as [([UInt8], String, String)])
  func notHDF5(content: [UInt8], cause: String, remedy: String) throws {
    try put(content)
    let error = try #require(throws: HDF5Error.self) { try HDF5File.open(path) }
    #expect(error.kind == .unreadable && error.place == Place(path))
    #expect(error.cause.contains(cause))
    #expect(try #require(error.remedy).contains(remedy))
  }

  @Test("a missing file, a folder and a device are unreadable")
  func notAFile() throws {
    for path in [path, folder.path, "/dev/null"] {
      let error = try #require(throws: HDF5Error.self) { try HDF5File.open(path) }
      #expect(error.kind == .unreadable)
    }
  }

  @Test("a file cut short says so")
  func truncated() throws {
    try put(Array(try sample(.none).dropLast(1_000)))
    let error = try #require(throws: HDF5Error.self) { try HDF5File.open(path) }
    #expect(error.kind == .unreadable && error.cause.contains("truncated file"))
    #expect(try #require(error.remedy).contains("cut short"))
  }

  @Test("a locked file says that another process has it")
  func locked() throws {
    _ = try sample(.none)
    let descriptor = Glibc.open(path, O_RDWR)
    defer { Glibc.close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    let error = try #require(throws: HDF5Error.self) { try HDF5File.open(path) }
    #expect(error.kind == .locked)
    #expect(try #require(error.remedy).contains("another process"))
    #expect(try #require(error.remedy).contains("shared file system"))
    #expect(try HDF5File.open(path, isLocking: false).root.exists("x"))
  }

  @Test("every flipped bit of the data is caught by a checksum", arguments: [HDF5Filter.fletcher32, .gzip(level: 4)])
  func flips(filter: HDF5Filter) throws {
    let sound = try sample(filter)
    let values = try HDF5File.open(path).root.dataset("x").read(as: Float.self)
    var generator = SeededGenerator(seed: 7)
    var caught = 0
    for _ in 0..<150 {
      var flipped = sound
      flipped[Int.random(in: 2_048..<sound.count, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      try put(flipped)
      do {
        let read = try HDF5File.open(path).root.dataset("x").read(as: Float.self)
        #expect(read == values, "a flip went unseen")
      } catch is HDF5Error {
        caught += 1
      }
    }
    #expect(caught > 50)
  }

  @Test("an error carries the place, the checksum's remedy and the library's stack")
  func stack() throws {
    var content = try sample(.fletcher32)
    let pattern = withUnsafeBytes(of: Float(123.25)) { Array($0) }
    let position = try #require(content.indices.dropLast(4).first { Array(content[$0..<$0 + 4]) == pattern })
    content[position] ^= 1
    try put(content)
    let dataset = try HDF5File.open(path).root.dataset("x")
    let error = try #require(throws: HDF5Error.self) { try dataset.read(as: Float.self) }
    #expect(error.kind == .unreadable && error.place == Place(path, object: "/x"))
    #expect(error.cause.contains("H5Dread") && error.cause.contains("Fletcher32"))
    #expect(error.remedy != nil)
    #expect(error.description.hasPrefix("\(path):/x: "))
  }

  @Test("random damage anywhere gives an error or a value, never a crash")
  func fuzz() throws {
    let sound = try sample(.fletcher32)
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      var damaged = sound
      for _ in 0..<4 {
        damaged[Int.random(in: 8..<sound.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      try put(damaged)
      do {
        let root = try HDF5File.open(path).root
        for child in try root.children() { _ = try root.dataset(child.name).read(as: Float.self, limit: 1 << 20) }
      } catch let error as HDF5Error {
        #expect(!error.cause.isEmpty)
      }
    }
  }

  @Test("what is not there is missing, with what is there instead")
  func missing() throws {
    let file = try HDF5File.create(path)
    _ = try file.root.createGroup("obs")
    _ = try file.root.createGroup("var")
    let error = try #require(throws: HDF5Error.self) { try file.root.dataset("X") }
    #expect(error.kind == .missing && error.place?.object == "/X")
    #expect(error.remedy == "\(path):/ holds: obs, var")
    #expect(try #require(throws: HDF5Error.self) { try file.root.dataset("obs") }.kind == .mismatch)
    #expect(try #require(throws: HDF5Error.self) { try file.root.group("obs/a/b") }.kind == .missing)
  }

  @Test("a disk that fills up is an error, and the process goes on")
  func fullDisk() async throws {
    await #expect(processExitsWith: .success) { [path = path as String] in
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
      precondition(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      do {
        let file = try HDF5File.create(path)
        try file.root.createDataset("x", .float32, shape: [100_000]).write([Float](repeating: 1, count: 100_000))
        try file.close()
        exit(3)
      } catch let error as HDF5Error {
        precondition(error.kind == .unwritable && error.origin == .program, error.description)
      }
      try HDF5File.create(path + ".other").close()
    }
  }

  @Test("names that cannot be, strings with a zero byte and a folder that is not there cannot be written")
  func unwritable() throws {
    let root = try HDF5File.create(path).root
    for name in ["", ".", "a/b", "a\0b"] {
      #expect(try #require(throws: HDF5Error.self) { try root.createGroup(name) }.kind == .unwritable)
    }
    let strings = try root.createDataset("s", .string, shape: [1])
    #expect(try #require(throws: HDF5Error.self) { try strings.write(["a\0b"]) }.kind == .unwritable)
    #expect(try #require(throws: HDF5Error.self) { try HDF5File.create(folder.file("no/a.h5")) }.kind == .unwritable)
    let twice = try #require(throws: HDF5Error.self) { try root.createGroup("s") }
    #expect(twice.kind == .unwritable && twice.cause.contains("already exists"))
  }
}
