import Foundation
import HDF5
import Problems
import TestSupport
import Testing

@testable import Cohorts

@Suite("Verification")
struct VerificationTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.h5ad")
  }

  private func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

  private func put(_ bytes: Data) throws { try bytes.write(to: URL(fileURLWithPath: path)) }

  @Test("the store of version 1 is read for ever")
  func fixture() throws {
    let fixture = try #require(Bundle.module.path(forResource: "Fixtures/store-v1.h5ad", ofType: nil))
    #expect(try StoreVerification(of: fixture).findings.map(\.severity) == [.warning, .warning])
    #expect(try equal(CohortStore(fixture).cohort(), ReferenceCohort.make()))
    #expect(try CohortStore(fixture).seal?.version == 1)
  }

  @Test("a flipped bit anywhere in the file is found")
  func flips() throws {
    try ReferenceCohort.make().write(to: path)
    let sound = try bytes()
    var generator = SeededGenerator(seed: 1)
    let positions =
      Array(stride(from: 0, to: 512, by: 7))
      + (0..<120).map { _ in Int.random(in: 512..<sound.count, using: &generator) }
    for position in positions {
      var flipped = sound
      flipped[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      try put(flipped)
      let verification = try StoreVerification(of: path)
      #expect(!verification.isSound, "byte \(position)")
      #expect(verification.findings.allSatisfy { $0.place.file == path && $0.remedy != nil })
    }
  }

  @Test("a store that is cut short or too long is found, on opening too", arguments: [-1, -5_000, -73_400, 1])
  func length(change: Int) throws {
    try ReferenceCohort.make().write(to: path)
    let sound = try bytes()
    try put(change < 0 ? sound.dropLast(-change) : sound + Data(count: change))
    let finding = try #require(try StoreVerification(of: path).findings.first)
    #expect(finding.severity == .error && finding.cause.contains(change < 0 ? "cut short" : "too long"))
    let error = try #require(throws: StoreError.self) { try CohortStore(path) }
    #expect(error.kind == .damaged)
  }

  @Test("what is not a store at all is unreadable")
  func notAStore() throws {
    try put(Data("gene\tS1\n".utf8))
    #expect(try #require(throws: StoreError.self) { try CohortStore(path) }.kind == .unreadable)
    #expect(try StoreVerification(of: path).findings.contains { $0.cause.contains("not an HDF5 file") })
    #expect(try #require(throws: StoreError.self) { try CohortStore(folder.file("none")) }.kind == .unreadable)
    #expect(try !StoreVerification(of: folder.file("none")).isSound)
  }

  @Test("a store that another process holds is locked")
  func locked() throws {
    try ReferenceCohort.make().write(to: path)
    let descriptor = Glibc.open(path, O_RDWR)
    defer { Glibc.close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    #expect(try #require(throws: StoreError.self) { try CohortStore(path) }.kind == .locked)
    #expect(try #require(throws: StoreError.self) { try StoreVerification(of: path) }.kind == .locked)
  }

  @Test("HDF5 without a seal is examined, with a warning")
  func unsealed() throws {
    let file = try HDF5File.create(path)
    let root = try file.root
    try Encoding.anndata.mark(root.attributes)
    try Matrix(rows: 1, columns: 1, repeating: 2).write("X", to: root)
    try Frame(indexName: "_index", index: ["a"]).write("obs", to: root)
    try Frame(indexName: "_index", index: ["g"]).write("var", to: root)
    try file.close()
    let verification = try StoreVerification(of: path)
    #expect(verification.isSound && verification.findings.map(\.severity) == [.warning])
    #expect(try CohortStore(path).cohort().x.values == [2])
    let error = try #require(throws: StoreError.self) { try StoreUpdate.update(path) { _ in } }
    #expect(error.kind == .offProfile)
  }

  @Test("each fault of a sealed store is found at its place", arguments: StoreFaults.all.indices)
  func faults(number: Int) throws {
    let (object, cause, change) = StoreFaults.all[number]
    try ReferenceCohort.make().write(to: path)
    try spoil(path, change)
    let findings = try StoreVerification(of: path).findings
    let place = Place(path, object: object)
    #expect(findings.contains { $0.severity == .error && $0.place == place && $0.cause.contains(cause) }, "\(findings)")
  }

  @Test("a damaged store is refused when it is opened")
  func damaged() throws {
    try ReferenceCohort.make().write(to: path)
    let sound = try bytes()
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<100 {
      var damaged = sound
      damaged[Int.random(in: 0..<sound.count, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      try put(damaged)
      #expect(try #require(throws: StoreError.self) { try CohortStore(path) }.kind == .damaged)
    }
  }
}

/// Faults of a store: the place, a part of the cause, and how to bring it about.
private enum StoreFaults {
  static let all: [(String, String, @Sendable (HDF5Group) throws -> Void)] = [
    ("/extra", "may not stand at the root", { try Encoding.dict.mark($0.createGroup("extra").attributes) }),
    ("/obs", "is not there", { try $0.remove("obs") }),
    ("/", "unknown encoding", { try $0.attributes.set("encoding-type", "loom") }),
    (
      "/obs/patient", #"version "0.9.0" of string-array"#,
      { try $0.dataset("obs/patient").attributes.set("encoding-version", "0.9.0") }
    ),
    (
      "/obs/patient", "is 8-bit integer of shape [5], which is no string-array",
      {
        try $0.group("obs").remove("patient")
        let dataset = try $0.group("obs").createDataset("patient", .int8, shape: [5])
        try dataset.write([0, 0, 0, 0, 0] as [Int8])
        try Encoding.stringArray.mark(dataset.attributes)
      }
    ),
    (
      "/obs/age", "is named in column-order, but not there",
      {
        try $0.group("obs").attributes.set(
          "column-order", ["age", "patient", "tissue", "stage", "OS.time", "purity", "batch", "OS"])
      }
    ),
    (
      "/obs/OS", "is not named in column-order",
      {
        try $0.group("obs").attributes.set(
          "column-order", ["patient", "tissue", "stage", "OS.time", "purity", "batch"])
      }
    ),
    ("/obs@column-order", "not that of a list", { try $0.group("obs").attributes.set("column-order", "patient") }),
    ("/obs/batch", "has 4 rows, its frame 5", { try replace("batch", [1, 2, 3, 4] as [Int32], in: $0.group("obs")) }),
    (
      "/obs/tissue", "has the code 9 in row 1",
      { try replace("codes", [9, 0, 0, 0, 0] as [Int32], in: $0.group("obs/tissue")) }
    ),
    (
      "/obs/tissue", "has the category \"a\" twice",
      {
        try $0.group("obs/tissue").remove("categories")
        try ListCodec.write(["a", "a"], "categories", to: $0.group("obs/tissue"))
      }
    ),
    (
      "/obs/sample", "has the name \"a\" twice",
      {
        try $0.group("obs").remove("sample")
        try ListCodec.write(["a", "b", "a", "c", "d"], "sample", to: $0.group("obs"))
      }
    ),
    (
      "/layers/aligned", "has shape [5, 3]",
      {
        try $0.group("layers").remove("aligned")
        try Matrix(rows: 5, columns: 3).write("aligned", to: $0.group("layers"))
      }
    ),
    (
      "/obsm/X_therapi", "has shape [4, 2]",
      {
        try $0.group("obsm").remove("X_therapi")
        try Matrix(rows: 4, columns: 2).write("X_therapi", to: $0.group("obsm"))
      }
    ),
    (
      "/var", "has 4 rows, X 5 x 5",
      {
        try $0.remove("X")
        try Matrix(rows: 5, columns: 5).write("X", to: $0)
      }
    ),
    (
      "/X", "was not written to its end",
      {
        try $0.remove("X")
        let dataset = try $0.createDataset("X", .float32, shape: [5, 4], chunks: [2, 4], filter: .fletcher32)
        try Encoding.array.mark(dataset.attributes)
        try [Float](repeating: 1, count: 8).withUnsafeBufferPointer { try dataset.write(0..<2, $0) }
      }
    ),
    (
      "/X", "was not written to its end",
      {
        try $0.remove("X")
        let dataset = try $0.createDataset("X", .float32, shape: [1_000_000_000, 978], chunks: [256, 978])
        try Encoding.array.mark(dataset.attributes)
      }
    ),
    ("/X", "is nan in row 2, gene ATF1", { try set(.nan, at: 5, in: $0) }),
    ("/X", "is -0.5 in row 2, gene ATF1; log2(TPM + 1) lies between 0.0", { try set(-0.5, at: 5, in: $0) }),
    ("/X", "gene RHEB, which var/measured says was not measured", { try set(1, at: 6, in: $0) }),
    (
      "/obsm/X_therapi", "is nan in row 3, column 2",
      { try set(.nan, at: 5, of: Matrix(rows: 5, columns: 2), named: "X_therapi", in: $0.group("obsm")) }
    ),
    (
      "/layers/aligned", "is -inf in row 2, column 1",
      { try set(-.infinity, at: 4, of: Matrix(rows: 5, columns: 4), named: "aligned", in: $0.group("layers")) }
    ),
    (
      "/uns/embeddings/X_pca", "is the record of obsm/X_pca, which is not there",
      { try record(["block": .string("obsm/X_pca")], named: "X_pca", in: $0) }
    ),
    (
      "/uns/embeddings/X_therapi", "does not name its block, as in obsm/X_therapi",
      { try record(["model": .string("ab")], named: "X_therapi", in: $0) }
    ),
    (
      "/uns/embeddings/X_therapi", "does not name its block",
      { try record(["block": .string("obsm/X_other")], named: "X_therapi", in: $0) }
    ),
    (
      "/uns/embeddings/tissue", "does not name its block",
      { try record(["block": .string("uns/tissue")], named: "tissue", in: $0) }
    ),
    (
      "/uns/embeddings/heterogeneity", "is the record of obs/heterogeneity, which is not there",
      { try record(["block": .string("obs/heterogeneity")], named: "heterogeneity", in: $0) }
    ),
    (
      "/var", "has 4 genes, uns/expression/genes says 978",
      {
        try $0.dataset("uns/expression/genes").write([978] as [Int64])
      }
    ),
  ]

  private static func set(_ value: Float, at position: Int, in root: HDF5Group) throws {
    var matrix = ReferenceCohort.make().x
    matrix.values[position] = value
    try root.dataset("X").write(matrix.values)
  }

  private static func set(
    _ value: Float, at position: Int, of matrix: Matrix, named name: String, in group: HDF5Group
  ) throws {
    var matrix = matrix
    matrix.values[position] = value
    try group.remove(name)
    try matrix.write(name, to: group)
  }

  private static func record(_ members: [String: StoreValue], named name: String, in root: HDF5Group) throws {
    try StoreValue.write([name: .group(members)], "embeddings", to: root.group("uns"))
  }

  private static func replace(_ name: String, _ values: [Int32], in group: HDF5Group) throws {
    try group.remove(name)
    try ListCodec.write(values, name, to: group)
  }
}
