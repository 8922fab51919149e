import Cohorts
import Files
import Foundation
import TestSupport
import Testing

@Suite("Cohorts as stores")
struct RoundTripTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.h5ad")
  }

  @Test("random cohorts come back equal, and verify", arguments: 0..<40)
  func roundTrip(seed: UInt64) throws {
    var random = RandomCohort(seed: seed)
    let cohort = random.make(samples: seed == 0 ? 0 : nil, genes: seed == 1 ? 0 : nil)
    try cohort.write(to: path)
    #expect(try equal(CohortStore(path).cohort(), cohort))
    // Its blocks are no model's: that they have no record is all that there is to say.
    #expect(try StoreVerification(of: path).findings.allSatisfy { $0.cause.contains("has no record") })
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.h5ad"])
  }

  @Test("gaps stay gaps")
  func gaps() throws {
    var obs = Frame(indexName: "sample", index: ["a", "b"])
    obs.set("age", .floats([.nan, 61]))
    obs.set("months", .doubles([.nan, 1.5]))
    obs.set("tissue", .categorical(["", "colon"]))
    try Cohort(x: Matrix(rows: 2, columns: 0), obs: obs, genes: Frame(indexName: "gene", index: [])).write(to: path)
    let back = try CohortStore(path).obs()
    guard case .floats(let age) = back["age"], case .doubles(let months) = back["months"] else {
      Issue.record("the columns changed their type")
      return
    }
    #expect(age[0].isNaN && age[1] == 61 && months[0].isNaN && months[1] == 1.5)
    #expect(back["tissue"] == .categorical(codes: [-1, 0], categories: ["colon"], ordered: false))
  }

  @Test("equal cohorts give equal bytes", arguments: 0..<10)
  func determinism(seed: UInt64) throws {
    for name in ["a", "b"] {
      var random = RandomCohort(seed: 100 + seed)
      try random.make().write(to: folder.file(name))
    }
    #expect(try SHA256.hex(ofFile: folder.file("a")) == SHA256.hex(ofFile: folder.file("b")))
  }

  @Test("a store is read in part: rows, layers, values")
  func parts() throws {
    var random = RandomCohort(seed: 5)
    var cohort = random.make(samples: 700, genes: 978)
    cohort.layers = ["aligned": cohort.x]
    cohort.obsm = ["X_therapi": Matrix(rows: 700, columns: 3, repeating: 1)]
    cohort.uns = ["expression": .group(["unit": .string("log2(TPM + 1)")]), "n": .integer(3)]
    try cohort.write(to: path)
    let store = try CohortStore(path)
    #expect(store.samples == 700 && store.genes == 978)
    var block = [Float](repeating: -1, count: 2 * 978)
    try block.withUnsafeMutableBufferPointer { try store.read(300..<302, into: $0) }
    #expect(block[...] == cohort.x.values[300 * 978..<302 * 978])
    #expect(try store.layers().map { "\($0.name) \($0.rows) x \($0.columns)" } == ["aligned 700 x 978"])
    #expect(try store.obsm().map { "\($0.name) \($0.rows) x \($0.columns)" } == ["X_therapi 700 x 3"])
    #expect(try store.layer("aligned") == cohort.x)
    #expect(try store.value(at: "expression/unit") == .string("log2(TPM + 1)"))
    #expect(try store.value(at: "expression") == cohort.uns["expression"])
    #expect(try store.value(at: "absent/unit") == nil)
    #expect(try store.keys(at: "") == ["expression", "n"])
    let missing = try #require(throws: StoreError.self) { try store.layer("raw") }
    #expect(missing.kind == .offProfile && missing.description.contains("\(path):/layers/raw"))
  }

  @Test("the seal says what the content sums to")
  func seal() throws {
    var random = RandomCohort(seed: 6)
    try random.make().write(to: path)
    let content = try Data(contentsOf: URL(fileURLWithPath: path))
    let seal = try #require(try CohortStore(path).seal)
    #expect(seal.sha256 == SHA256.hex(of: content.dropFirst(512)))
    #expect(String(decoding: content.prefix(16), as: UTF8.self) == "therapi-store 1\n")
  }
}

@Suite("SHA-256")
struct SHA256Tests {
  @Test(
    "sums are those of FIPS 180-4",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
  func vectors(text: String, sum: String) { #expect(SHA256.hex(of: text.utf8) == sum) }

  @Test("a file of several blocks sums as its bytes do")
  func file() throws {
    let folder = try TemporaryFolder()
    let bytes = (0..<2_500_001).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try Data(bytes).write(to: URL(fileURLWithPath: folder.file("a")))
    #expect(try SHA256.hex(ofFile: folder.file("a")) == SHA256.hex(of: bytes))
    let error = try #require(throws: StoreError.self) { try SHA256.hex(ofFile: folder.file("b")) }
    #expect(error.kind == .unreadable)
  }
}
