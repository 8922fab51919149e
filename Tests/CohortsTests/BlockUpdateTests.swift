import Files
import Foundation
import Problems
import TestSupport
import Testing

@testable import Cohorts

@Suite("Updates of blocks")
struct BlockUpdateTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.h5ad")
    try BlockExample.cohort.write(to: path)
  }

  private func refusal(_ body: (StoreUpdate) throws -> Void) throws -> StoreError {
    let sum = try SHA256.hex(ofFile: path)
    let error = try #require(throws: StoreError.self) { try StoreUpdate.update(path, body) }
    #expect(try SHA256.hex(ofFile: path) == sum)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.h5ad"])
    return error
  }

  @Test("a block is replaced by one of another width, record and all")
  func replaced() throws {
    try BlockExample.write(to: path)
    let store = try CohortStore(path)
    var record = try BlockExample.record(for: .latent, in: store)
    record.model = String(repeating: "77", count: 32)
    record.settings = ["width": "9"]
    let wide = Matrix(rows: 5, columns: 9, repeating: 4)
    try StoreUpdate.update(path) { try $0.set(.latent, wide, record) }
    let changed = try CohortStore(path)
    #expect(try changed.obsm("X_therapi") == wide)
    #expect(try changed.requireCurrent(.latent) == record)
    #expect(try changed.requireCurrent(.weights).model == BlockExample.model)
    #expect(try StoreVerification(of: path).findings.isEmpty)
  }

  @Test("updates one after the other keep each other's blocks")
  func twoUpdates() throws {
    let store = try CohortStore(path)
    for block in [BlockPath.latent, .weights] {
      try StoreUpdate.update(path) {
        try $0.set(block, BlockExample.latent, BlockExample.record(for: block, in: store))
      }
    }
    #expect(try CohortStore(path).cachedBlocks().map(\.state) == [.current, .current])
  }

  @Test("equal updates of equal stores give equal bytes")
  func determinism() throws {
    let other = folder.file("b.h5ad")
    try BlockExample.cohort.write(to: other)
    for path in [path, other] { try BlockExample.write(to: path) }
    #expect(try SHA256.hex(ofFile: path) == SHA256.hex(ofFile: other))
  }

  @Test("random blocks come back equal and current", arguments: 0..<10)
  func property(seed: UInt64) throws {
    var random = RandomCohort(seed: 300 + seed)
    var cohort = random.make(samples: Int.random(in: 1...20, using: &random.generator))
    (cohort.obsm, cohort.layers) = ([:], [:])
    try cohort.write(to: path)
    let store = try CohortStore(path)
    var matrices: [BlockPath: Matrix] = [:]
    for _ in 0..<4 {
      let name = random.name()
      guard !matrices.keys.contains(where: { $0.name == name }) else { continue }
      let isLayer = Bool.random(using: &random.generator)
      let columns = isLayer ? store.genes : Int.random(in: 0...7, using: &random.generator)
      let values = (0..<store.samples * columns).map { _ in Float.random(in: -9...9, using: &random.generator) }
      matrices[BlockPath(isLayer ? .layers : .obsm, name)] = Matrix(
        rows: store.samples, columns: columns, values: values)
    }
    let record = BlockRecord(
      model: "ab", input: try store.inputFingerprint(), panelOrder: "", settings: [random.name(): random.name()],
      toolVersion: "1", extra: ["list": .integers([1, 2])])
    try StoreUpdate.update(path) { update in
      for (block, matrix) in matrices { try update.set(block, matrix, record) }
    }
    let changed = try CohortStore(path)
    #expect(try changed.cachedBlocks().count == matrices.count)
    for (block, matrix) in matrices {
      #expect(try changed.requireCurrent(block, model: "ab") == record)
      #expect(try (block.group == .layers ? changed.layer(block.name) : changed.obsm(block.name)) == matrix)
    }
    #expect(try StoreVerification(of: path).findings.isEmpty)
  }

  // MARK: - Blocks that come row by row

  @Test("a matrix that comes in blocks of rows, across chunks, reads back as one that was there at once")
  func rows() throws {
    var cohort = BlockExample.cohort
    let samples = 600
    cohort.x = Matrix(rows: samples, columns: 4, repeating: 1)
    cohort.obs = Frame(indexName: "sample", index: (0..<samples).map { "S\($0)" })
    cohort.genes.set("measured", .booleans([true, true, true, true]))
    try cohort.write(to: path)
    // Chunks of 262 rows.
    let wide = Matrix(rows: samples, columns: 1_000, values: (0..<samples * 1_000).map { Float($0 % 977) })
    let record = try BlockExample.record(for: .latent, in: CohortStore(path))
    try StoreUpdate.update(path) { update in
      let block = try update.rows(of: .latent, columns: 1_000, record)
      for start in stride(from: 0, to: samples, by: 128) {
        let rows = start..<min(samples, start + 128)
        try block.write(rows, Array(wide.values[rows.lowerBound * 1_000..<rows.upperBound * 1_000]))
      }
    }
    let store = try CohortStore(path)
    #expect(try store.obsm("X_therapi") == wide && store.requireCurrent(.latent) == record)
    #expect(try StoreVerification(of: path).findings.isEmpty)
  }

  @Test("a matrix that lacks a chunk of rows is not committed")
  func missingRows() throws {
    let record = try BlockExample.record(for: .latent, in: CohortStore(path))
    let error = try refusal { _ = try $0.rows(of: .latent, columns: 3, record) }
    #expect(error.kind == .notCommitted && error.place?.object == "/obsm/X_therapi")
  }

  @Test("rows that are not finite, of a layer of other genes, or of another store are refused")
  func badRows() throws {
    let store = try CohortStore(path)
    var record = try BlockExample.record(for: .latent, in: store)
    let notFinite = try refusal { try $0.rows(of: .latent, columns: 2, record).write(1..<2, [1, .infinity]) }
    #expect(notFinite.kind == .offProfile && notFinite.place?.object == "/obsm/X_therapi")
    let narrow = try refusal { _ = try $0.rows(of: .aligned, columns: 3, record) }
    #expect(narrow.kind == .offProfile && narrow.cause.contains("is 5 x 3"))
    record.input = InputFingerprint(sha256: "00")
    #expect(try refusal { _ = try $0.rows(of: .latent, columns: 2, record) }.kind == .stale)
  }

  @Test("of blocks that belong together none is written if one cannot be")
  func together() throws {
    let store = try CohortStore(path)
    let error = try refusal { update in
      try update.set(.latent, BlockExample.latent, BlockExample.record(for: .latent, in: store))
      try update.set(.aligned, BlockExample.latent, BlockExample.record(for: .aligned, in: store))
    }
    #expect(error.kind == .offProfile && error.place?.object == "/layers/aligned" && error.cause.contains("is 5 x 3"))
  }

  @Test("numbers that are not finite, and other numbers of rows, are refused")
  func badContent() throws {
    let store = try CohortStore(path)
    var bad = BlockExample.latent
    bad.values[4] = .nan
    let notFinite = try refusal { try $0.set(.latent, bad, BlockExample.record(for: .latent, in: store)) }
    #expect(notFinite.kind == .offProfile && notFinite.cause == "is nan in row 2, column 2")
    #expect(notFinite.place?.object == "/obsm/X_therapi" && notFinite.remedy != nil)
    let plain = try refusal { try $0.set(obsm: "X_pca", bad) }
    #expect(plain.place?.object == "/obsm/X_pca")
    let rows = try refusal { try $0.set(.heterogeneity, [1, 2], BlockExample.record(for: .heterogeneity, in: store)) }
    #expect(rows.kind == .offProfile && rows.cause == "has 2 rows; the store has 5 samples")
  }

  @Test("a record that is not of this store as it is now is refused")
  func otherInput() throws {
    let store = try CohortStore(path)
    var record = try BlockExample.record(for: .latent, in: store)
    record.panelOrder = "c5"
    let order = try refusal { try $0.set(.latent, BlockExample.latent, record) }
    #expect(order.kind == .stale && order.cause.contains("genes in another order"))
    var cohort = BlockExample.cohort
    cohort.x.values[0] = 7
    try cohort.write(to: path)
    let old = try BlockExample.record(for: .latent, in: store)
    let changed = try refusal { try $0.set(.latent, BlockExample.latent, old) }
    #expect(changed.kind == .stale && changed.cause.contains("the store changed while the model ran"))
    #expect(changed.remedy == "run `therapi align` again with this store")
    // A change of the unit in the same update counts too.
    let record2 = try BlockExample.record(for: .latent, in: CohortStore(path))
    let unit = try refusal { update in
      try update.set(.weights, BlockExample.weights, record2)
      try update.set(uns: "expression/unit", .string("log2(fpkm + 1)"))
      try update.set(.latent, BlockExample.latent, record2)
    }
    #expect(unit.kind == .stale && unit.place?.object == "/obsm/X_therapi")
  }

  @Test("a name belongs to one block, and a record is set with its block only")
  func names() throws {
    try BlockExample.write(to: path)
    let store = try CohortStore(path)
    let taken = try refusal {
      try $0.set(BlockPath(.obsm, "aligned"), BlockExample.latent, BlockExample.record(for: .aligned, in: store))
    }
    #expect(taken.kind == .offProfile && taken.cause == "is the record of layers/aligned")
    #expect(taken.place?.object == "/uns/embeddings/aligned" && taken.remedy?.contains("layers/aligned") == true)
    let alone = try refusal { try $0.set(uns: "embeddings/X_pca", .string("x")) }
    #expect(alone.kind == .offProfile && alone.cause.contains("which is set with the block"))
    let slash = try refusal {
      var record = try BlockExample.record(for: .latent, in: store)
      record.settings = ["a/b": "c"]
      try $0.set(.latent, BlockExample.latent, record)
    }
    #expect(slash.place?.object == "/uns/embeddings/X_therapi/settings/a/b")
  }

  @Test("a removed block takes its record along, and another block may have the name")
  func removed() throws {
    try BlockExample.write(to: path)
    let store = try CohortStore(path)
    try StoreUpdate.update(path) { update in
      try update.remove("layers/aligned")
      try update.remove("obs/heterogeneity")
      try update.set(
        BlockPath(.obsm, "aligned"), BlockExample.latent, BlockExample.record(for: .aligned, in: store))
    }
    let changed = try CohortStore(path)
    #expect(
      try changed.cachedBlocks().map(\.path.description) == ["obsm/X_therapi", "obsm/aligned", "obsm/therapi_weights"])
    #expect(try changed.obs() == BlockExample.cohort.obs)
    #expect(try StoreVerification(of: path).findings.isEmpty)
    let index = try refusal { try $0.remove("obs/sample") }
    #expect(index.cause.contains("holds the samples' names"))
  }

  @Test("columns of obs are added behind the others and replaced where they stand")
  func columns() throws {
    var expected = BlockExample.cohort
    try StoreUpdate.update(path) { update in
      try update.set(obs: "fold", .int32s([1, 2, 3, 4, 5]))
      try update.set(obs: "split", .categorical(["train", "test", "", "train", "test"]))
      try update.set(obs: "tissue", .strings(["a", "b", "c", "", "é"]))
      try update.set(obs: "fold", .doubles([5, 4, 3, 2, 1]))
    }
    expected.obs.set("tissue", .strings(["a", "b", "c", "", "é"]))
    expected.obs.set("fold", .doubles([5, 4, 3, 2, 1]))
    expected.obs.set("split", .categorical(["train", "test", "", "train", "test"]))
    #expect(try equal(CohortStore(path).cohort(), expected))
    #expect(try StoreVerification(of: path).findings.isEmpty)
    for (name, column) in [
      ("sample", Column.int32s([1, 2, 3, 4, 5])), ("_index", .int32s([1, 2, 3, 4, 5])),
      ("a/b", .floats([1, 2, 3, 4, 5])),
      ("short", .floats([1])), ("zero", .strings(["\0", "", "", "", ""])),
      ("code", .categorical(codes: [3, 0, 0, 0, 0], categories: ["a"], ordered: false)),
    ] {
      let error = try refusal { try $0.set(obs: name, column) }
      #expect(error.kind == .offProfile && error.place?.object == "/obs/\(name)", "\(name)")
    }
  }

  @Test("a column that is set plainly loses the record of the block that it was")
  func plainColumn() throws {
    try BlockExample.write(to: path)
    try StoreUpdate.update(path) { try $0.set(obs: "heterogeneity", .doubles([1, 2, 3, 4, 5])) }
    let store = try CohortStore(path)
    #expect(try !store.cachedBlocks().contains { $0.path == .heterogeneity })
    #expect(throws: StoreError.self) { try store.requireCurrent(.heterogeneity) }
  }

  @Test("replacing blocks does not make the store grow with each run")
  func growth() throws {
    let store = try CohortStore(path)
    func write(_ value: Float) throws {
      let wide = Matrix(rows: 5, columns: 20_000, repeating: value)
      try StoreUpdate.update(path) { try $0.set(.latent, wide, BlockExample.record(for: .latent, in: store)) }
    }
    try write(1)
    let before = try #require(try CohortStore(path).seal).bytes
    for value in 2...6 { try write(Float(value)) }
    // A block is 400,000 bytes; five of them left behind would be 2,000,000.
    #expect(try #require(try CohortStore(path).seal).bytes < before + 100_000)
  }

  @Test("a run killed at any moment leaves blocks and records of one and the same run", .timeLimit(.minutes(1)))
  func killed() async throws {
    let duration = try ContinuousClock().measure { try Self.write(0, to: path) }
    let span = UInt32(clamping: Int(duration / .microseconds(1))) * 4
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<4 {
      let delay = UInt32.random(in: 0..<max(1, span), using: &generator)
      await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, delay = delay as UInt32] in
        let killer = Thread {
          usleep(delay)
          kill(getpid(), SIGKILL)
        }
        killer.start()
        for number in 1... { try Self.write(number % 1_000, to: path) }
      }
      #expect(try StoreVerification(of: path).findings.isEmpty)
      let store = try CohortStore(path)
      let number = try #require(try store.requireCurrent(.latent).settings["run"].flatMap(Float.init))
      #expect(try store.requireCurrent(.aligned).settings["run"].flatMap(Float.init) == number)
      #expect(try store.obsm("X_therapi").values.allSatisfy { $0 == number })
      #expect(try store.layer("aligned").values.allSatisfy { $0 == number })
    }
  }

  /// Writes two blocks that carry the number of their run.
  private static func write(_ number: Int, to path: String) throws {
    let store = try CohortStore(path)
    var record = try BlockExample.record(for: .latent, in: store)
    record.settings = ["run": "\(number)"]
    try StoreUpdate.update(path) { update in
      try update.set(.latent, Matrix(rows: 5, columns: 1 + number % 50, repeating: Float(number)), record)
      try update.set(.aligned, Matrix(rows: 5, columns: 4, repeating: Float(number)), record)
    }
  }
}
