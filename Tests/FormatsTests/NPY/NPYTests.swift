import Foundation
import Problems
import TestSupport
import Testing

@testable import Formats

@Suite("NumPy arrays")
struct NPYTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func put(_ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: folder.file("a.npy")))
    return folder.file("a.npy")
  }

  @Test("reads what NumPy 2.4.6 writes", arguments: ["f4", "f8", "i4", "i8", "version2", "version3"])
  func types(name: String) throws {
    let array = try NPYArray(path: Fixture.path("NPY/\(name).npy"))
    #expect(array.shape == [2, 3])
    #expect(array.floats == (0..<6).map { Float($0) * (name.hasPrefix("f") ? 0.5 : 1) })
  }

  @Test("keeps the type of the values")
  func values() throws {
    #expect(try NPYArray(path: Fixture.path("NPY/f8.npy")).values == .float64([0, 0.5, 1, 1.5, 2, 2.5]))
    #expect(try NPYArray(path: Fixture.path("NPY/i4.npy")).values == .int32([0, 1, 2, 3, 4, 5]))
    #expect(try NPYArray(path: Fixture.path("NPY/i8.npy")).values == .int64([0, 1, 2, 3, 4, 5]))
  }

  @Test("turns Fortran order into row-major order")
  func fortran() throws {
    let array = try NPYArray(path: Fixture.path("NPY/fortran.npy"))
    #expect(array.shape == [2, 3, 4])
    #expect(array.floats == (0..<24).map(Float.init))
  }

  @Test("reads a single value")
  func scalar() throws {
    let array = try NPYArray(path: Fixture.path("NPY/scalar.npy"))
    #expect(array.shape == [] && array.floats == [2.5])
  }

  @Test("refuses other byte orders, cut and surplus data, false shapes and other files")
  func bad() throws {
    let good = try Fixture.bytes("NPY/f4.npy")
    let text = String(decoding: good, as: Unicode.ASCII.self)
    #expect(text.contains("(2, 3), }"))
    func replaced(_ old: String, _ new: String) -> [UInt8] {
      var bytes = good
      let range = bytes.firstRange(of: Array(old.utf8))
      if let range { bytes.replaceSubrange(range, with: Array(new.utf8)) }
      return bytes
    }
    let cases: [([UInt8], FormatError.Kind)] = [
      (try Fixture.bytes("NPY/big.npy"), .wrongFormat), (Array(good.dropLast()), .truncated), (good + [0], .malformed),
      (Array(good.prefix(9)), .truncated), (Array(good.prefix(30)), .truncated), ([], .truncated),
      (replaced("(2, 3), }", "(2, 4), }"), .truncated), (replaced("(2, 3), }", "(-2,3), }"), .malformed),
      (replaced("(2, 3), }    ", "(2305843009213693952, 8),}"), .tooLarge), (replaced("descr", "descx"), .malformed),
      (replaced("False", "Maybe"), .malformed), (Array("gene,S1\nTP53,1\n".utf8), .wrongFormat),
      (replaced("NUMPY\u{1}", "NUMPY\u{9}"), .wrongFormat),
    ]
    for (index, (bytes, kind)) in cases.enumerated() {
      let path = try put(bytes)
      let error = try #require(throws: FormatError.self, "case \(index)") { try NPYArray(path: path) }
      #expect(error.kind == kind, "case \(index): \(error)")
    }
    #expect(throws: FormatError.self) { try NPYArray(path: folder.file("none.npy")) }
  }

  @Test("writes what it reads, with the data on a multiple of 64 bytes", arguments: [0, 1, 7])
  func roundTrip(rows: Int) throws {
    let path = folder.file("w.npy")
    let writer = try NPYWriter(FileSink(path), rows: rows, columns: 3)
    var all: [Float] = []
    for row in 0..<rows {
      let values: [Float] = [Float(row), .nan, -1e-30]
      try values.withUnsafeBufferPointer { try writer.write(row: $0) }
      all += values
    }
    try writer.finish()
    let array = try NPYArray(path: path)
    #expect(array.shape == [rows, 3])
    #expect(array.floats.map(\.bitPattern) == all.map(\.bitPattern))
    let size = try Data(contentsOf: URL(fileURLWithPath: path)).count
    #expect((size - rows * 12) % 64 == 0)
  }

  @Test("damaged files throw and never crash")
  func damaged() throws {
    let bytes = try Fixture.bytes("NPY/fortran.npy")
    var generator = SeededGenerator(seed: 3)
    var failures = 0
    for _ in 0..<500 {
      let path = try put(mutate(bytes, using: &generator))
      do { _ = try NPYArray(path: path) } catch is FormatError { failures += 1 }
    }
    #expect(failures > 200)
  }
}
