import Foundation
import HDF5
import Problems
import TestSupport
import Testing

@Suite("HDF5 round trips")
struct RoundTripTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.h5")
  }

  @Test("numbers, booleans and strings come back as they were written")
  func values() throws {
    let strings = ["", "TP53", "Größe", String(repeating: "x", count: 70_000), "日本"]
    let file = try HDF5File.create(path)
    let root = try file.root
    try root.createDataset("f", .float32, shape: [2, 3]).write([1, 2, 3, 4, 5, .nan] as [Float])
    try root.createDataset("d", .float64, shape: []).write([0.1])
    try root.createDataset("i8", .int8, shape: [3], chunks: [2], filter: .fletcher32).write([-1, 0, 127] as [Int8])
    try root.createDataset("i32", .int32, shape: [2]).write([Int32.min, .max])
    try root.createDataset("i64", .int64, shape: [2]).write([Int64.min, .max])
    try root.createDataset("b", .boolean, shape: [3], chunks: [3], filter: .gzip(level: 4)).write([true, false, true])
    try root.createDataset("s", .string, shape: [5], chunks: [2]).write(strings)
    try root.createDataset("none", .string, shape: [0]).write([String]())
    try file.close()

    let back = try HDF5File.open(path).root
    #expect(try back.dataset("f").read(as: Float.self).prefix(5) == [1, 2, 3, 4, 5])
    #expect(try back.dataset("f").read(as: Float.self)[5].isNaN)
    #expect(try back.dataset("f").shape == [2, 3])
    #expect(try back.dataset("d").read(as: Double.self) == [0.1])
    #expect(try back.dataset("i8").read(as: Int32.self) == [-1, 0, 127])
    #expect(try back.dataset("i32").read(as: Int32.self) == [.min, .max])
    #expect(try back.dataset("i64").read(as: Int64.self) == [.min, .max])
    #expect(try back.dataset("b").readBooleans() == [true, false, true])
    #expect(try back.dataset("s").readStrings() == strings)
    #expect(try back.dataset("s").readStrings(1..<3) == ["TP53", "Größe"])
    #expect(try back.dataset("none").readStrings().isEmpty)
  }

  @Test("rows are written and read in blocks, columns are read in part")
  func blocks() throws {
    let file = try HDF5File.create(path)
    let matrix = try file.root.createDataset("x", .float32, shape: [10, 4], chunks: [3, 4], filter: .fletcher32)
    #expect(try !matrix.isWhole())
    for row in stride(from: 0, to: 10, by: 2) {
      let values = (0..<8).map { Float(row * 4 + $0) }
      try values.withUnsafeBufferPointer { try matrix.write(row..<row + 2, $0) }
    }
    #expect(try matrix.isWhole())
    try file.close()

    let back = try HDF5File.open(path).root.dataset("x")
    #expect(try back.read(7..<9, as: Float.self) == (28..<36).map(Float.init))
    #expect(try back.read(4..<4, as: Float.self).isEmpty)
    var block = [Float](repeating: -1, count: 4)
    try block.withUnsafeMutableBufferPointer { try back.read(8..<10, columns: 1..<3, into: $0) }
    #expect(block == [33, 34, 37, 38])
    #expect(try back.chunks() == [3, 4])
    #expect(try back.filters() == [3])
    #expect(back.storedBytes == 4 * (3 * 4 * 4 + 4))
    #expect(throws: HDF5Error.self) { try back.read(9..<11, as: Float.self) }
  }

  @Test("attributes come back, a list may be empty, and one is replaced by another")
  func attributes() throws {
    let file = try HDF5File.create(path)
    let group = try file.root.createGroup("obs")
    try group.attributes.set("encoding-type", "dataframe")
    try group.attributes.set("column-order", [String]())
    try group.attributes.set("names", ["a", "é"])
    try group.attributes.set("ordered", true)
    try group.attributes.set("shape", [3, 4] as [Int64])
    try group.attributes.set("scale", 1.5)
    try group.attributes.set("names", ["b"])
    try file.close()

    let back = try HDF5File.open(path).root.group("obs").attributes
    #expect(try back.string("encoding-type") == "dataframe")
    #expect(try back.strings("column-order") == [])
    #expect(try back.type(of: "column-order")?.shape == [0])
    #expect(try back.strings("names") == ["b"])
    #expect(try back.boolean("ordered") == true)
    #expect(try back.numbers("shape", as: Int64.self) == [3, 4])
    #expect(try back.numbers("scale", as: Double.self) == [1.5])
    #expect(try back.string("absent") == nil)
    #expect(throws: HDF5Error.self) { try back.boolean("scale") }
    #expect(throws: HDF5Error.self) { try back.strings("encoding-type") }
  }

  @Test("children are listed in the order of their names")
  func children() throws {
    let file = try HDF5File.create(path)
    let root = try file.root
    for name in ["b", "a", "Z", "é", "10", "9"] { _ = try root.createGroup(name) }
    _ = try root.group("a").createDataset("x", .int8, shape: [])
    #expect(try root.children().map(\.name) == ["10", "9", "Z", "a", "b", "é"])
    #expect(try root.kind(of: "a/x") == .dataset)
    #expect(try root.kind(of: "a/x/y") == nil)
    #expect(try root.exists("b") && !root.exists("c/d"))
    #expect(try root.group("a").dataset("x").place.description == "\(path):/a/x")
  }

  @Test("a user block is left free and the content is found behind it")
  func userBlock() throws {
    let file = try HDF5File.create(path, userBlock: 512)
    try file.root.createDataset("x", .int8, shape: [1]).write([7] as [Int8])
    try file.close()
    #expect(try HDF5File.signatureOffset(of: path) == 512)
    #expect(try bytes(path).prefix(512).allSatisfy { $0 == 0 })
    #expect(try HDF5File.open(path).root.dataset("x").read(as: Int8.self) == [7])
  }

  @Test("a file in memory gives its bytes, and a copy in memory leaves the file as it is")
  func memory() throws {
    let memory = try HDF5File.createInMemory(path, userBlock: 512)
    try memory.root.createDataset("x", .int32, shape: [2]).write([1, 2] as [Int32])
    #expect(!FileManager.default.fileExists(atPath: path))
    try memory.withImage { try Data($0).write(to: URL(fileURLWithPath: path)) }
    try memory.close()
    #expect(try HDF5File.open(path).root.dataset("x").read(as: Int32.self) == [1, 2])
    // Another of the name starts empty, whatever the file holds.
    #expect(try HDF5File.createInMemory(path).root.children().isEmpty)
  }

  @Test("a forgotten object does not keep a closed file open")
  func closing() throws {
    let file = try HDF5File.create(path)
    let forgotten = try file.root.createDataset("x", .int8, shape: [1])
    try file.close()
    try file.close()
    #expect(throws: HDF5Error.self) { try forgotten.read(as: Int8.self) }
    try HDF5File.create(path).close()
  }

  @Test("an object keeps its file open, and the file closes with it")
  func lifetime() throws {
    func make() throws -> HDF5Dataset { try HDF5File.create(path).root.createDataset("x", .int8, shape: [1]) }
    var dataset: HDF5Dataset? = try make()
    try dataset?.write([3] as [Int8])
    dataset = nil
    #expect(try HDF5File.open(path, .readWrite).root.dataset("x").read(as: Int8.self) == [3])
  }

  @Test("several threads read at once")
  func threads() async throws {
    let file = try HDF5File.create(path)
    let dataset = try file.root.createDataset("x", .int32, shape: [1_000], chunks: [100], filter: .fletcher32)
    try dataset.write((0..<1_000).map(Int32.init))
    try await withThrowingTaskGroup(of: Int32.self) { group in
      for task in 0..<20 {
        group.addTask { try dataset.read(task * 50..<task * 50 + 50, as: Int32.self).reduce(0, +) }
      }
      var sum: Int32 = 0
      for try await part in group { sum += part }
      #expect(sum == 499_500)
    }
  }
}
