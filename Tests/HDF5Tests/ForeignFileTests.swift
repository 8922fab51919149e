import Foundation
import HDF5
import Problems
import Testing

/// What other programs write; the file and how it was made are in Fixtures.
@Suite("Files of other programs")
struct ForeignFileTests {
  let root: HDF5Group

  init() throws { root = try HDF5File.open(fixture("foreign.h5")).root }

  @Test("padding is taken off strings of a fixed length, and ASCII that is none is Latin-1")
  func fixedStrings() throws {
    #expect(try root.dataset("null").readStrings() == ["ALK", "BRCA1", "LATINé"])
    #expect(try root.dataset("space").readStrings() == ["ALK", "BRCA1", ""])
    #expect(try root.dataset("utf8").readStrings() == ["é", "TP53"])
    #expect(try root.dataset("utf8").readStrings(1..<2) == ["TP53"])
    #expect(try root.dataset("ascii").readStrings() == ["a", "", "c"])
    #expect(try root.dataset("fixed").attributes.string("name") == "therapi")
  }

  @Test("numbers of other widths and byte orders are converted where nothing is lost")
  func numbers() throws {
    #expect(try root.dataset("big").read(as: Float.self) == [0, 1, 2, 3, 4, 5])
    #expect(try root.dataset("uint8").read(as: Int32.self) == [0, 200])
    #expect(try root.dataset("int16").read(as: Int64.self) == [-3, 300])
    #expect(try root.dataset("int16").read(as: Double.self) == [-3, 300])
    #expect(try root.dataset("flags").readBooleans() == [true, false])
  }

  @Test(
    "what does not fit the type asked for is a mismatch that names both",
    arguments: [
      ("uint64", "64-bit unsigned integer, which does not fit Int64"), ("uint8", "8-bit unsigned integer"),
      ("big", "64-bit floating point"), ("ascii", "string"), ("compound", "compound"),
    ])
  func mismatch(name: String, cause: String) throws {
    let dataset = try root.dataset(name)
    let error = try #require(throws: HDF5Error.self) {
      if name == "uint8" { _ = try dataset.read(as: Int8.self) } else { _ = try dataset.read(as: Int64.self) }
    }
    #expect(error.kind == .mismatch && error.cause.contains(cause))
  }

  @Test("chunks that were never written are seen")
  func holes() throws {
    #expect(try !root.dataset("holes").isWhole())
    #expect(try root.dataset("big").isWhole())
  }

  @Test("a few bytes that declare a terabyte are refused before anything is allocated", arguments: ["huge", "zipped"])
  func tooLarge(name: String) throws {
    let dataset = try root.dataset(name)
    #expect(dataset.shape == [1_000_000_000, 978])
    let whole = try #require(throws: HDF5Error.self) { try dataset.read(as: Float.self, limit: .max) }
    #expect(whole.kind == .tooLarge)
    let rows = try #require(throws: HDF5Error.self) { try dataset.read(0..<1, as: Float.self) }
    #expect(rows.kind == .tooLarge && rows.cause.contains("only 0 bytes"))
  }

  @Test("a limit of the caller holds for numbers and for strings")
  func limits() throws {
    #expect(try root.dataset("big").read(as: Double.self, limit: 48).count == 6)
    let numbers = try #require(throws: HDF5Error.self) { try root.dataset("big").read(as: Double.self, limit: 47) }
    #expect(numbers.kind == .tooLarge && numbers.cause.contains("2 x 3"))
    let strings = try #require(throws: HDF5Error.self) { try root.dataset("ascii").readStrings(limit: 40) }
    #expect(strings.kind == .tooLarge)
  }
}

func fixture(_ name: String) throws -> String {
  try #require(Bundle.module.path(forResource: "Fixtures/\(name)", ofType: nil))
}

func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }
