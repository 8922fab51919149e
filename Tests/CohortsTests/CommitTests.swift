import Cohorts
import Files
import Foundation
import Problems
import TestSupport
import Testing

@Suite("Commits")
struct CommitTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.h5ad")
  }

  private var partial: String { folder.file(".a.h5ad.partial") }

  private func content() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  /// A cohort of 200 kB that carries its number.
  private static func numbered(_ number: Int) -> Cohort {
    let samples = Frame(indexName: "sample", index: (0..<50).map { "s\($0)" })
    let genes = Frame(indexName: "gene", index: (0..<978).map { "g\($0)" })
    var cohort = Cohort(x: Matrix(rows: 50, columns: 978, repeating: Float(number)), obs: samples, genes: genes)
    cohort.uns["number"] = .integer(Int64(number))
    return cohort
  }

  @Test("a writer killed at any moment leaves the old store or the new one", .timeLimit(.minutes(1)))
  func killed() async throws {
    // The moments are spread over about four commits, however slow the machine is.
    let duration = try ContinuousClock().measure { try Self.numbered(0).write(to: path) }
    let span = UInt32(clamping: Int(duration / .microseconds(1))) * 4
    var generator = SeededGenerator(seed: 3)
    var leftovers = 0
    var replaced = 0
    for _ in 0..<8 {
      let delay = UInt32.random(in: 0..<max(1, span), using: &generator)
      await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, delay = delay as UInt32] in
        let killer = Thread {
          usleep(delay)
          kill(getpid(), SIGKILL)
        }
        killer.start()
        for number in 1... { try Self.numbered(number % 1_000).write(to: path) }
      }
      if FileManager.default.fileExists(atPath: partial) { leftovers += 1 }
      #expect(try StoreVerification(of: path).findings.isEmpty)
      let store = try CohortStore(path).cohort()
      guard case .integer(let number) = store.uns["number"] else {
        Issue.record("the store has lost its number")
        return
      }
      if number != 0 { replaced += 1 }
      #expect(store.x == Self.numbered(Int(number)).x)
    }
    #expect(leftovers + replaced > 0, "no writer was killed while it wrote")
    try Self.numbered(7).write(to: path)
    #expect(try content() == ["a.h5ad"])
  }

  @Test("what a killed run left behind is taken over")
  func leftover() throws {
    try Data(repeating: 7, count: 500_000).write(to: URL(fileURLWithPath: partial))
    try ReferenceCohort.make().write(to: path)
    #expect(try equal(CohortStore(path).cohort(), ReferenceCohort.make()))
    #expect(try content() == ["a.h5ad"])
    #expect(try CohortStore(path).seal?.bytes ?? 0 < 400_000)
  }

  @Test("of two writers the second is told that the first is at work")
  func twoWriters() throws {
    try ReferenceCohort.make().write(to: path)
    var met: StoreError?
    try StoreUpdate.update(path) { update in
      met = try #require(throws: StoreError.self) { try Self.numbered(1).write(to: path) }
      try update.set(uns: "note", .string("first"))
    }
    #expect(met?.kind == .locked && met?.place == Place(path))
    #expect(try #require(met?.remedy).contains("shared file system"))
    #expect(try CohortStore(path).value(at: "note") == .string("first"))
    try Self.numbered(1).write(to: path)
  }

  @Test("many writers at once: each commits or is locked out, and the store is one of theirs")
  func manyWriters() async throws {
    let path = path
    let committed = try await withThrowingTaskGroup(of: Int?.self) { group in
      for number in 1...8 {
        group.addTask {
          do {
            try Self.numbered(number).write(to: path)
            return number
          } catch let error as StoreError where error.kind == .locked {
            return nil
          }
        }
      }
      return try await group.reduce(into: Set<Int>()) { if let number = $1 { $0.insert(number) } }
    }
    #expect(!committed.isEmpty)
    #expect(try StoreVerification(of: path).findings.isEmpty)
    guard case .integer(let number) = try CohortStore(path).value(at: "number") else {
      Issue.record("the store has no number")
      return
    }
    #expect(committed.contains(Int(number)))
    #expect(try content() == ["a.h5ad"])
  }

  @Test("a reader that is open keeps its store while another takes the name")
  func openReader() throws {
    try Self.numbered(1).write(to: path)
    let reader = try CohortStore(path)
    try Self.numbered(2).write(to: path)
    #expect(try reader.value(at: "number") == .integer(1))
    #expect(try CohortStore(path).value(at: "number") == .integer(2))
  }

  @Test("a full disk leaves the old store and nothing else")
  func fullDisk() async throws {
    try ReferenceCohort.make().write(to: path)
    let sum = try SHA256.hex(ofFile: path)
    await #expect(processExitsWith: .success) { [path = path as String] in
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 150_000, rlim_max: 150_000)
      precondition(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      do {
        try Self.numbered(1).write(to: path)
        exit(3)
      } catch let error as StoreError {
        precondition(error.kind == .notCommitted && error.place?.file == path, error.description)
        precondition(error.origin == .program && error.remedy != nil, error.description)
      }
      do {
        try StoreUpdate.update(path) { try $0.set(obsm: "big", Matrix(rows: 5, columns: 100_000)) }
        exit(4)
      } catch let error as StoreError {
        precondition(error.kind == .notCommitted, error.description)
      }
      // The next store that fits is written all the same.
      try ReferenceCohort.make().write(to: path + ".other")
    }
    #expect(try SHA256.hex(ofFile: path) == sum)
    #expect(try content() == ["a.h5ad", "a.h5ad.other"])
  }

  @Test("a folder that may not be written leaves the old store")
  func readOnlyFolder() async throws {
    try ReferenceCohort.make().write(to: path)
    await #expect(processExitsWith: .success) { [path = path as String, folder = folder.path as String] in
      precondition(chmod(folder, 0o555) == 0 && (geteuid() != 0 || seteuid(65_534) == 0))
      do {
        try ReferenceCohort.make().write(to: path)
        exit(3)
      } catch let error as StoreError {
        precondition(error.kind == .notCommitted && error.cause.contains("Permission denied"), error.description)
      }
    }
    #expect(chmod(folder.path, 0o755) == 0)
    #expect(try content() == ["a.h5ad"])
  }

  @Test("a folder that is not there and a name that is none are not committed", arguments: ["no/a.h5ad", ""])
  func noFolder(name: String) throws {
    let error = try #require(throws: StoreError.self) { try ReferenceCohort.make().write(to: folder.file(name)) }
    #expect(error.kind == .notCommitted)
    #expect(try content().isEmpty)
  }
}

@Suite("Updates")
struct UpdateTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.h5ad")
    try ReferenceCohort.make().write(to: path)
  }

  @Test("additions appear together and the rest stays")
  func additions() throws {
    var expected = ReferenceCohort.make()
    expected.layers["aligned"] = Matrix(rows: 5, columns: 4, repeating: 3)
    expected.obsm["X_geneformer"] = Matrix(rows: 5, columns: 7, repeating: 2)
    expected.uns["alignment"] = .group(["aligner": .group(["preset": .string("V2")])])
    expected.uns["empty"] = nil
    try StoreUpdate.update(path) { update in
      try update.set(layer: "aligned", Matrix(rows: 5, columns: 4, repeating: 3))
      try update.set(obsm: "X_geneformer", Matrix(rows: 5, columns: 7, repeating: 2))
      try update.set(uns: "alignment/aligner", .group(["preset": .string("V1")]))
      try update.set(uns: "alignment/aligner", .group(["preset": .string("V2")]))
      try update.remove("uns/empty")
      try update.remove("uns/never/there")
    }
    #expect(try equal(CohortStore(path).cohort(), expected))
    #expect(try StoreVerification(of: path).isSound)
  }

  @Test("equal updates of equal stores give equal bytes, and replacing does not make the file grow")
  func determinism() throws {
    let other = folder.file("b.h5ad")
    try ReferenceCohort.make().write(to: other)
    for path in [path, other] {
      try StoreUpdate.update(path) { try $0.set(obsm: "e", Matrix(rows: 5, columns: 20_000, repeating: 1)) }
    }
    #expect(try SHA256.hex(ofFile: path) == SHA256.hex(ofFile: other))
    let before = try #require(try CohortStore(path).seal).bytes
    for value in 2...5 {
      try StoreUpdate.update(path) { try $0.set(obsm: "e", Matrix(rows: 5, columns: 20_000, repeating: Float(value))) }
    }
    #expect(try #require(try CohortStore(path).seal).bytes < before + 100_000)
  }

  @Test("a failure on the way leaves the old store")
  func failure() throws {
    struct Stop: Error {}
    let sum = try SHA256.hex(ofFile: path)
    #expect(throws: Stop.self) {
      try StoreUpdate.update(path) { update in
        try update.set(uns: "note", .string("x"))
        throw Stop()
      }
    }
    let shape = try #require(throws: StoreError.self) {
      try StoreUpdate.update(path) { try $0.set(layer: "wrong", Matrix(rows: 4, columns: 4)) }
    }
    #expect(shape.kind == .offProfile && shape.place?.object == "/layers/wrong")
    for key in ["", "a//b", "/a"] {
      #expect(throws: StoreError.self) { try StoreUpdate.update(path) { try $0.set(uns: key, .integer(1)) } }
    }
    #expect(try SHA256.hex(ofFile: path) == sum)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.h5ad"])
  }

  @Test("a damaged store is not sealed anew")
  func damaged() throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[30_000] ^= 4
    try bytes.write(to: URL(fileURLWithPath: path))
    let error = try #require(throws: StoreError.self) {
      try StoreUpdate.update(path) { try $0.set(uns: "note", .string("x")) }
    }
    #expect(error.kind == .damaged)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
  }
}
