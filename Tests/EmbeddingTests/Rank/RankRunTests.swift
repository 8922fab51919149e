import Cohorts
import Foundation
import Runs
import TestSupport
import Testing

@testable import Embedding

@Suite("Embedding stores by rank")
struct RankRunTests {
  let folder: TemporaryFolder
  let store: String

  init() throws {
    folder = try TemporaryFolder()
    store = folder.file("a.h5ad")
    try Example.cohort().write(to: store)
  }

  private func run(
    _ options: RankOptions = RankOptions(), on path: String? = nil, seed: UInt64 = 5
  ) throws -> RankReport {
    try RankRun(Example.model(seed: seed), options, logger: Example.logger).run(on: path ?? store)
  }

  /// A run that is cancelled once so many samples are done.
  private static func runStopped(on path: String, after limit: Int) async throws {
    let work = Task {
      _ = try RankRun(Example.model(), RankOptions(), progress: Stop(after: limit), logger: Example.logger).run(
        on: path)
    }
    await #expect(throws: CancellationError.self) { try await work.value }
  }

  private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

  private func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test("writes a block that is current, and leaves it alone the next time")
  func current() throws {
    let report = try run()
    #expect(report.computed == 70 && !report.wasCurrent && report.genes == Example.genes - 3)
    #expect(report.genesWithout == ["G22", "G23"] && report.genesUnmeasured == 1)
    let opened = try CohortStore(store)
    #expect(try opened.obsm("X_geneformer").columns == 8)
    #expect(try opened.requireCurrent(.rank, model: report.fingerprint).settings["layer"] == "second-to-last")
    #expect(try StoreVerification(of: store).findings.allSatisfy { $0.severity != .error })
    let first = try bytes(store)
    #expect(try run().wasCurrent)
    #expect(try bytes(store) == first && files() == ["a.h5ad"])
    let matrix = try opened.obsm("X_geneformer")
    #expect(try run(RankOptions(isForced: true)).computed == 70)
    #expect(try CohortStore(store).obsm("X_geneformer") == matrix)
  }

  @Test("makes it anew for another model, layer or expression")
  func stale() throws {
    _ = try run()
    #expect(try run(seed: 6).computed == 70)
    #expect(try run(RankOptions(layer: .last), seed: 6).computed == 70)
    var cohort = try CohortStore(store).cohort()
    cohort.x.values[0] += 1
    try cohort.write(to: store)
    let opened = try CohortStore(store)
    #expect(throws: StoreError.self) { try opened.requireCurrent(.rank) }
    #expect(try run(RankOptions(layer: .last), seed: 6).computed == 70)
  }

  /// Cancels the task once some samples are done.
  private final class Stop: RunProgress {
    private let limit: Int
    init(after limit: Int) { self.limit = limit }
    func advance(_ step: RunStep) {
      if step.done >= limit { withUnsafeCurrentTask { $0?.cancel() } }
    }
    func begin(_ step: String) {}
  }

  @Test("goes on where a run was stopped, to the same bits")
  func resume() async throws {
    let other = folder.file("b.h5ad")
    try FileManager.default.copyItem(atPath: store, toPath: other)
    _ = try run(on: other)
    let before = try bytes(store)
    try await Self.runStopped(on: store, after: RankRun.block)
    #expect(try bytes(store) == before)
    #expect(try files().contains { $0.contains("journal") })
    let report = try run()
    #expect(report.resumed == RankRun.block && report.computed == 70 - RankRun.block)
    #expect(try bytes(store) == bytes(other) && files() == ["a.h5ad", "b.h5ad"])
  }

  @Test("drops a torn entry of the journal, and a journal of another model")
  func tornJournal() async throws {
    try await Self.runStopped(on: store, after: 2 * RankRun.block)
    let name = try #require(try files().first { $0.contains("journal") })
    let whole = try bytes(folder.file(name))
    try whole.dropLast(7).write(to: URL(fileURLWithPath: folder.file(name)))
    #expect(try run().resumed == RankRun.block)
    try whole.write(to: URL(fileURLWithPath: folder.file(name)))
    #expect(try run(seed: 6).resumed == 0)
  }

  @Test("joins parts to the bits of one run", arguments: [1, 3, 80])
  func shards(count: Int) throws {
    let other = folder.file("b.h5ad")
    try FileManager.default.copyItem(atPath: store, toPath: other)
    _ = try run(on: other)
    let parts = try (1...count).map { number in
      try #require(try run(RankOptions(shard: Shard(number, of: count))).part)
    }
    _ = try BlockMerge(reading: parts.reversed()).write(to: store)
    #expect(try bytes(store) == bytes(other))
  }

  @Test("refuses parts that are missing, there twice, damaged or foreign")
  func badParts() throws {
    let parts = try (1...3).map { number in
      try #require(try run(RankOptions(shard: Shard(number, of: 3))).part)
    }
    func cause(_ paths: [String], store: String? = nil) -> String {
      do {
        _ = try BlockMerge(reading: paths).write(to: store ?? self.store)
        return ""
      } catch { return "\(error)" }
    }
    #expect(cause(Array(parts.dropLast())).contains("3/3 not given"))
    #expect(cause(parts + [parts[0]]).contains("is part 1/3, as"))
    #expect(cause([]).contains("no parts"))
    let whole = try #require(try run(RankOptions(layer: .last, shard: Shard(1, of: 3))).part)
    #expect(cause([whole] + parts.dropFirst()).contains("another whole"))
    _ = try run(RankOptions(shard: Shard(1, of: 3)))
    let other = folder.file("b.h5ad")
    try Example.cohort(seed: 2).write(to: other)
    #expect(cause(parts, store: other).contains("was not made of"))
    try bytes(parts[1]).dropLast(9).write(to: URL(fileURLWithPath: parts[1]))
    #expect(cause(parts).contains("belong") || cause(parts).contains("ends at byte"))
    try Data("text".utf8).write(to: URL(fileURLWithPath: parts[1]))
    #expect(!cause(parts).isEmpty)
  }

  @Test("refuses units without a meaning beside medians", arguments: ["zscore", "log_ratio", "log2(intensity)"])
  func units(unit: String) throws {
    try Example.cohort(unit: unit).write(to: store)
    let error = #expect(throws: EmbeddingError.self) { try run() }
    #expect(error?.kind == .unit && error?.remedy?.contains("--force-unit") == true)
    let report = try run(RankOptions(forcedUnit: "log2(intensity)"))
    #expect(report.unit == "log2(intensity)")
    #expect(throws: EmbeddingError.self) { try run(RankOptions(forcedUnit: "zscore")) }
  }

  @Test("names the sample that has no token")
  func emptySample() throws {
    var cohort = Example.cohort()
    for column in 0..<Example.genes { cohort.x.values[40 * Example.genes + column] = 0 }
    try cohort.write(to: store)
    let error = #expect(throws: EmbeddingError.self) { try run() }
    #expect(error?.kind == .sample && error?.cause.contains("S40") == true)
  }

  @Test("parts cover all samples, each once", arguments: [0, 1, 5, 70, 8_400], [1, 2, 7, 9])
  func shardRows(samples: Int, count: Int) throws {
    let rows = try (1...count).flatMap { try #require(Shard($0, of: count)).rows(of: samples) }
    #expect(rows == Array(0..<samples))
    #expect(Shard("0/3") == nil && Shard("4/3") == nil && Shard("1") == nil && Shard("2/3") == Shard(2, of: 3))
  }
}
