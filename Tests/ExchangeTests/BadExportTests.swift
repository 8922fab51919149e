import Cohorts
import Files
import Foundation
import Problems
import TestSupport
import Testing

@testable import Exchange

@Suite("Exports that cannot be")
struct BadExportTests {
  let folder: TemporaryFolder
  let store: String

  init() throws {
    folder = try TemporaryFolder()
    store = folder.file("a.h5ad")
    try ExampleCohort.make().write(to: store)
  }

  private func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test(
    "a format that cannot hold what is asked for is refused before anything is written",
    arguments: [
      StoreExport(.obs, as: .npy), StoreExport(.responses, as: .gct), StoreExport(.genes, as: .gctx),
      StoreExport(.obs, as: .csv, genesAsRows: true), StoreExport(.obsm("X_therapi"), as: .csv, genesAsRows: true),
      StoreExport(.x, as: .gctx, isCompressed: true),
    ])
  func unsuitable(export: StoreExport) throws {
    let error = try #require(throws: ExchangeError.self) { try export.write(store, to: .file(folder.file("out"))) }
    #expect(error.kind == .unsuitable && error.origin == .input)
    #expect(try files() == ["a.h5ad"])
  }

  @Test("GCTX is not written to a pipe")
  func pipe() throws {
    let error = try #require(throws: ExchangeError.self) {
      try StoreExport(.x, as: .gctx).write(store, to: .standardOutput)
    }
    #expect(error.kind == .unsuitable)
  }

  @Test(
    "a part that is not there is named, with those that are",
    arguments: [
      (ExportSubject.layer("raw"), "/layers/raw", "aligned"), (.obsm("X_pca"), "/obsm/X_pca", "X_therapi"),
    ])
  func missing(subject: ExportSubject, object: String, present: String) throws {
    let error = try #require(throws: ExchangeError.self) {
      try StoreExport(subject, as: .csv).write(store, to: .file(folder.file("out")))
    }
    #expect(error.kind == .missing && error.place?.object == object)
    #expect(error.remedy?.contains(present) == true)
    #expect(try files() == ["a.h5ad"])
  }

  @Test("a store without responses has none to export")
  func noResponses() throws {
    var cohort = ExampleCohort.make()
    cohort.uns["responses"] = nil
    try cohort.write(to: store)
    let error = try #require(throws: ExchangeError.self) {
      try StoreExport(.responses, as: .csv).write(store, to: .file(folder.file("out")))
    }
    #expect(error.kind == .missing)
  }

  @Test("the store itself is never the target, under whatever name")
  func sameFile() throws {
    let before = try SHA256.hex(ofFile: store)
    try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: store)
    for name in ["a.h5ad", "link"] {
      let error = try #require(throws: ExchangeError.self) {
        try StoreExport(.x, as: .gctx).write(store, to: .file(folder.file(name)))
      }
      #expect(error.kind == .unsuitable)
    }
    #expect(try SHA256.hex(ofFile: store) == before)
  }

  @Test("a failure half-way leaves the file that was there, and nothing else", arguments: ExportFormat.allCases)
  func halfWay(format: ExportFormat) throws {
    let large = ExampleCohort.make(samples: 800, symbols: (0..<900).map { "G\($0)" })
    try large.write(to: store)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: store))
    // The last rows of X: a chunk whose checksum no longer holds.
    let needle = large.x.values.suffix(64).withUnsafeBytes { Data($0) }
    let position = try #require(bytes.range(of: needle)).lowerBound
    bytes[position] ^= 0x55
    // Without a seal, which would be looked at first.
    try bytes.dropFirst(512).write(to: URL(fileURLWithPath: store))
    let target = folder.file("out")
    try Data("before".utf8).write(to: URL(fileURLWithPath: target))
    let error = try #require(throws: (any Error).self) {
      try StoreExport(.x, as: format).write(store, to: .file(target))
    }
    #expect((error as? any Problem)?.place?.object == "/X", "\(error)")
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "before")
    #expect(try files() == ["a.h5ad", "out"])
  }

  @Test("a folder that is not there is a failure of the machine, told with the remedy")
  func noFolder() throws {
    let error = try #require(throws: ExchangeError.self) {
      try StoreExport(.x, as: .csv).write(store, to: .file(folder.file("none/out")))
    }
    #expect(error.kind == .notCommitted && error.origin == .program && error.remedy != nil)
  }

  @Test("two writers of one file exclude each other, and a killed one's rest is taken over")
  func locked() throws {
    let target = folder.file("out.csv")
    try Data("half a li".utf8).write(to: URL(fileURLWithPath: folder.file(".out.csv.partial")))
    do {
      let first = try PendingFile(target: target)
      let error = try #require(throws: ExchangeError.self) {
        try StoreExport(.x, as: .csv).write(store, to: .file(target))
      }
      #expect(error.kind == .locked)
      #expect(first.path == folder.file(".out.csv.partial"))
    }
    _ = try StoreExport(.genes, as: .csv).write(store, to: .file(target))
    #expect(try String(contentsOfFile: target, encoding: .utf8).hasPrefix("symbol,entrez"))
    #expect(try files() == ["a.h5ad", "out.csv"])
  }

  @Test("a cancelled export leaves nothing")
  func cancelled() async throws {
    let (store, target) = (store, folder.file("out"))
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try StoreExport(.x, as: .csv).write(store, to: .file(target))
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try files() == ["a.h5ad"])
  }
}
