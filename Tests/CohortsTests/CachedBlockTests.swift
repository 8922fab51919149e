import Foundation
import HDF5
import Problems
import TestSupport
import Testing

@testable import Cohorts

@Suite("Cached blocks")
struct CachedBlockTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.h5ad")
    try BlockExample.cohort.write(to: path)
  }

  private var store: CohortStore { get throws { try CohortStore(path) } }

  private func states(model: String? = nil) throws -> [String] {
    try store.cachedBlocks(model: model).map { "\($0.path) \($0.state)" }
  }

  @Test("a store without blocks has none, and its X is not read")
  func none() throws {
    #expect(try store.cachedBlocks().isEmpty)
    let error = try #require(throws: StoreError.self) { try store.requireCurrent(.latent) }
    #expect(error.kind == .stale && error.origin == .input && error.cause == "is not there")
    #expect(error.place == Place(path, object: "/obsm/X_therapi"))
    #expect(error.remedy == "run `therapi align` again with this store")
  }

  @Test("blocks come back with their records, together, and are current")
  func roundTrip() throws {
    try BlockExample.write(to: path)
    let blocks = try store.cachedBlocks()
    #expect(
      blocks.map(\.path.description) == [
        "layers/aligned", "obs/heterogeneity", "obsm/X_therapi", "obsm/therapi_weights",
      ])
    #expect(blocks.allSatisfy { $0.state == .current })
    for block in blocks { #expect(try block.record == BlockExample.record(for: block.path, in: store)) }
    #expect(try store.obsm("X_therapi") == BlockExample.latent && store.layer("aligned") == BlockExample.aligned)
    let lines = try store.requireCurrent(.weights, model: BlockExample.model).extra["cell_lines"]
    #expect(lines == .strings(["A375", "Zürich-2", "HT-29"]))
    let obs = try store.obs()
    #expect(obs.columns.map(\.name) == ReferenceCohort.make().obs.columns.map(\.name) + ["heterogeneity"])
    guard case .doubles(let heterogeneity) = obs["heterogeneity"] else {
      Issue.record("heterogeneity is no column of doubles")
      return
    }
    #expect(heterogeneity[0] == 0.25 && heterogeneity[1].isNaN)
    #expect(try StoreVerification(of: path).findings.isEmpty)
  }

  /// After an addition that is meant: `THERAPI_RECORD_STORE=1 swift test --disable-xctest --filter CachedBlockTests`.
  @Test("the recorded store with blocks is read for ever, and is what the writer gives")
  func fixture() throws {
    try BlockExample.write(to: path)
    if ProcessInfo.processInfo.environment["THERAPI_RECORD_STORE"] != nil {
      let recorded = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/store-v1-blocks.h5ad")
      try Data(contentsOf: URL(fileURLWithPath: path)).write(to: recorded)
    }
    let fixture = try #require(Bundle.module.path(forResource: "Fixtures/store-v1-blocks.h5ad", ofType: nil))
    #expect(try StoreVerification(of: fixture).findings.isEmpty)
    #expect(try equal(Self.withoutGaps(CohortStore(fixture)), Self.withoutGaps(store)))
    #expect(try CohortStore(fixture).cachedBlocks() == store.cachedBlocks())
  }

  /// The whole store, with -1 for the gap of its heterogeneity: NaN is equal to nothing.
  private static func withoutGaps(_ store: CohortStore) throws -> Cohort {
    var cohort = try store.cohort()
    guard case .doubles(let values) = cohort.obs["heterogeneity"] else { return cohort }
    cohort.obs.set("heterogeneity", .doubles(values.map { $0.isNaN ? -1 : $0 }))
    return cohort
  }

  @Test("what a model sees makes its blocks stale once it changes", arguments: BlockExample.changes.indices)
  func stale(number: Int) throws {
    let (reason, change) = BlockExample.changes[number]
    try BlockExample.write(to: path)
    var cohort = try store.cohort()
    change(&cohort)
    try cohort.write(to: path)
    #expect(
      try store.cachedBlocks().allSatisfy {
        if case .stale(let told) = $0.state { told.contains(reason) } else { false }
      })
    let error = try #require(throws: StoreError.self) { try store.requireCurrent(.aligned) }
    #expect(error.kind == .stale && error.cause.hasPrefix("is stale: ") && error.cause.contains(reason))
    let verification = try StoreVerification(of: path)
    #expect(verification.isSound && verification.findings.count == 4)
    #expect(verification.findings.allSatisfy { $0.severity == .warning && $0.cause.contains(reason) })
    #expect(verification.findings[0].remedy == "run `therapi align` again with this store")
  }

  @Test("without X, what is not stale otherwise is unchecked")
  func unchecked() throws {
    try BlockExample.write(to: path)
    var cohort = try store.cohort()
    cohort.x.values[0] = 3
    try cohort.write(to: path)
    #expect(try store.cachedBlocks(isInputChecked: false).allSatisfy { $0.state == .unchecked })
    cohort.uns["therapi"] = .group(["panel_order": .string("other")])
    try cohort.write(to: path)
    #expect(try store.cachedBlocks(isInputChecked: false).allSatisfy { $0.state != .unchecked })
  }

  @Test("a block of another model than the wanted one is stale")
  func model() throws {
    try BlockExample.write(to: path)
    let other = String(repeating: "0f", count: 32)
    #expect(try store.cachedBlocks(model: BlockExample.model).allSatisfy { $0.state == .current })
    #expect(try states(model: other).allSatisfy { $0.contains("the model 5d5d5d5d5d5d made it, not 0f0f0f0f0f0f") })
    #expect(throws: StoreError.self) { try store.requireCurrent(.latent, model: other) }
  }

  @Test("a block without a record and a record without a block are told")
  func halves() throws {
    try BlockExample.write(to: path)
    try StoreUpdate.update(path) { update in
      try update.set(obsm: "X_pca", BlockExample.latent)
      try update.set(layer: "aligned", BlockExample.aligned)
    }
    let unrecorded = try #require(throws: StoreError.self) { try store.requireCurrent(.aligned) }
    #expect(unrecorded.cause == "has no record of what made it")
    #expect(
      try states() == [
        "layers/aligned unrecorded", "obs/heterogeneity current", "obsm/X_pca unrecorded", "obsm/X_therapi current",
        "obsm/therapi_weights current",
      ])
    let findings = try StoreVerification(of: path).findings
    #expect(findings.map(\.place.object) == ["/layers/aligned", "/obsm/X_pca"])
    #expect(findings.allSatisfy { $0.severity == .warning && $0.cause.contains("has no record") })
    try spoil(path) { try $0.group("obsm").remove("X_therapi") }
    #expect(try states().contains("obsm/X_therapi missing"))
    let missing = try #require(throws: StoreError.self) { try store.requireCurrent(.latent) }
    #expect(missing.cause == "is not there, but only its record")
  }

  @Test(
    "a record that lacks a member is stale, with the member's name",
    arguments: ["model", "input", "panel_order", "settings", "tool_version"])
  func incomplete(member: String) throws {
    try BlockExample.write(to: path)
    var cohort = try store.cohort()
    guard case .group(var records) = cohort.uns["embeddings"], case .group(var record) = records["X_therapi"] else {
      Issue.record("the store has no records")
      return
    }
    for wrong in [nil, StoreValue.integer(1)] {
      record[member] = wrong
      records["X_therapi"] = .group(record)
      cohort.uns["embeddings"] = .group(records)
      try cohort.write(to: path)
      #expect(try states().contains("obsm/X_therapi stale(\"its record has no valid \(member)\")"))
    }
  }

  @Test("a setting that is no text makes the record stale")
  func settings() throws {
    try BlockExample.write(to: path)
    try spoil(path) { root in
      let settings = try root.group("uns/embeddings/aligned/settings")
      try settings.remove("preset")
      try StoreValue.integer(1).write("preset", to: settings)
    }
    #expect(try states().first == #"layers/aligned stale("its record has no valid settings/preset")"#)
  }

  @Test("a block whose shape another program changed is not current")
  func shape() throws {
    try BlockExample.write(to: path)
    try spoil(path) { root in
      try root.group("obsm").remove("X_therapi")
      try Matrix(rows: 4, columns: 3).write("X_therapi", to: root.group("obsm"))
    }
    let error = try #require(throws: StoreError.self) { try store.requireCurrent(.latent) }
    #expect(error.kind == .stale && error.cause == "has shape [4, 3]; the store has 5 samples and 4 genes")
  }

  @Test("a path is that of a block or none")
  func paths() {
    for path in ["obsm/X_therapi", "layers/a b", "obs/é"] { #expect(BlockPath(path)?.description == path) }
    for path in ["", "obsm", "obsm/", "obsm/a/b", "uns/a", "/obsm/a", "X"] { #expect(BlockPath(path) == nil) }
  }
}
