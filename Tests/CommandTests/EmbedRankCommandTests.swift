import Cohorts
import Files
import Foundation
import TestSupport
import Testing

@Suite("embed rank, merge, models")
struct EmbedRankCommandTests {
  private let folder: TemporaryFolder

  /// Ten blocks of samples.
  private static let samples = 320
  private static let embedding = ["embed", "rank", "a.h5ad", "--model", "small"]

  init() throws {
    folder = try TemporaryFolder()
    try Self.cohort(samples: Self.samples).write(to: folder.file("a.h5ad"))
  }

  /// Sequenced samples of genes that a rank model knows by their Ensembl ids.
  private static func cohort(samples: Int, unit: String = "log2(tpm + 1)") -> Cohort {
    let genes = 24
    var cohort = ExampleCohort.make(samples: samples, symbols: (0..<genes).map { "G\($0)" })
    cohort.genes.set("ensembl", .strings((0..<genes).map { "ENSG0000000\(1_000 + $0)" }))
    var random = SeededGenerator(seed: 4)
    cohort.x.values = cohort.x.values.indices.map { $0 % genes == 1 ? 0 : max(0, .random(in: -4..<8, using: &random)) }
    (cohort.layers, cohort.obsm, cohort.uns["embeddings"]) = ([:], [:], nil)
    if case .group(var expression) = cohort.uns["expression"] {
      expression["unit"] = .string(unit)
      cohort.uns["expression"] = .group(expression)
    }
    return cohort
  }

  private func therapi(
    _ arguments: [String], whileRunning: (Int32) throws -> Void = { _ in }
  ) throws -> TherapiProcess {
    try TherapiProcess.run(arguments, in: folder.path, whileRunning: whileRunning)
  }

  /// Makes the model, as those without Geneformer's files do.
  private func pretrain(_ arguments: String...) throws -> TherapiProcess {
    try therapi(
      ["embed", "rank", "--pretrain", "a.h5ad", "-o", "small", "--layers", "2", "--width", "16", "--heads", "2"]
        + ["--epochs", "1"] + arguments)
  }

  private func sum(_ name: String) throws -> String { try SHA256.hex(ofFile: folder.file(name)) }

  private func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != "small" }.sorted()
  }

  private func store(of document: [String: Any]) throws -> [String: Any] {
    try #require((document["stores"] as? [[String: Any]])?.first)
  }

  // MARK: - Results

  @Test("reports a training, an embedding and one that is current, as pages and as JSON")
  func reports() throws {
    let trained = try pretrain()
    #expect(trained.code == 0 && trained.output.hasPrefix("small: a model of "))
    #expect(trained.output.contains("not Geneformer: ") && trained.output.contains("288 trained, 32 held out"))
    let run = try therapi(Self.embedding)
    #expect(run.code == 0 && run.output.hasPrefix("a.h5ad: obsm/X_geneformer written, in "))
    for line in ["samples     320; 320 computed, 0 resumed", "not Geneformer", "log2(tpm + 1)", "23 with a token"] {
      #expect(run.output.contains(line), "\(run.output)")
    }
    let again = try store(of: therapi(Self.embedding + ["--json"]).document())
    #expect(again["was_current"] as? Bool == true && again["computed"] as? Int == 0)
    #expect(again["width"] as? Int == 16 && (again["note"] as? String)?.hasPrefix("not Geneformer") == true)
    let inspected = try therapi(["inspect", "a.h5ad"]).output
    #expect(inspected.contains("obsm/X_geneformer: current"))
    #expect(try files() == ["a.h5ad"])
  }

  @Test("joins parts to the bytes of one run, and says of parts what is wrong with them")
  func merge() throws {
    try FileManager.default.copyItem(atPath: folder.file("a.h5ad"), toPath: folder.file("b.h5ad"))
    #expect(try pretrain().code == 0)
    for number in 1...3 { #expect(try therapi(Self.embedding + ["--shard", "\(number)/3"]).code == 0) }
    let parts = (1...3).map { "a.X_geneformer.\($0)-of-3.part" }
    #expect(try files() == (["a.h5ad", "b.h5ad"] + parts).sorted())
    for (given, cause) in [
      ([parts[0], parts[2]], "2/3 not given"), (parts + [parts[1]], "is part 2/3, as "),
      (["b.h5ad"], "no part of pairs"),
    ] {
      let bad = try therapi(["merge", "a.h5ad", "--json"] + given)
      let error = try #require(try bad.document()["error"] as? [String: Any])
      #expect(bad.code == 2 && bad.errors.contains("\n  remedy: "))
      #expect("\(error["cause"] ?? "")".contains(cause) || bad.errors.contains(cause), "\(bad.errors)")
    }
    let merged = try therapi(["merge", "a.h5ad"] + parts.reversed())
    #expect(merged.code == 0 && merged.output == "a.h5ad: obsm/X_geneformer of 320 samples from 3 parts\n")
    #expect(try therapi(["embed", "rank", "b.h5ad", "--model", "small"]).code == 0)
    #expect(try sum("a.h5ad") == sum("b.h5ad"))
    let document = try therapi(["merge", "a.h5ad", "--json"] + parts).document()
    #expect(document["parts"] as? Int == 3 && document["samples"] as? Int == 320)
    #expect(document["block"] as? String == "obsm/X_geneformer")
  }

  @Test("lists the models, where their files are looked for, and those that are there with their sums")
  func models() throws {
    let page = try therapi(["models", "--models", "here"])
    #expect(page.code == 0 && page.output.hasPrefix("models below here\n"))
    for line in ["geneformer-v1-10m: not installed", "here/csg2a", "Apache-2.0", "missing"] {
      #expect(page.output.contains(line), "\(page.output)")
    }
    try FileManager.default.createDirectory(atPath: folder.file("here/csg2a"), withIntermediateDirectories: true)
    try Data("abc".utf8).write(to: URL(fileURLWithPath: folder.file("here/csg2a/csg2a.pt")))
    let document = try therapi(["models", "--models", "here", "--json"]).document()
    let models = try #require(document["models"] as? [[String: Any]])
    #expect(models.map { $0["is_installed"] as? Bool } == [false, false, false, true])
    let file = try #require((models.last?["files"] as? [[String: Any]])?.first)
    #expect(file["path"] as? String == "here/csg2a/csg2a.pt" && (file["sha256"] as? String)?.count == 64)
  }

  // MARK: - Misuse

  @Test(
    "arguments that do not go together end with 2, and change nothing",
    arguments: [
      (["a.h5ad"], "Name the model's folder"), (["a.h5ad", "--model", "m", "--shard", "4/3"], "--shard is i/n"),
      (["--pretrain", "a.h5ad"], "--pretrain needs -o"),
      (["a.h5ad", "--model", "m", "-o", "x"], "-o is for --pretrain"),
      (["--pretrain", "a.h5ad", "-o", "x", "--model", "m"], "--pretrain takes stores"),
      (["--pretrain", "a.h5ad", "-o", "x", "--width", "9", "--heads", "2"], "heads divide the width"),
    ])
  func misuse(arguments: [String], cause: String) throws {
    let before = try sum("a.h5ad")
    let run = try therapi(["embed", "rank"] + arguments)
    #expect(run.code == 2 && run.errors.contains(cause), "\(run.errors)")
    #expect(try files() == ["a.h5ad"] && sum("a.h5ad") == before)
  }

  @Test("bad input ends with 2, the place, the cause and a remedy")
  func badInput() throws {
    #expect(try pretrain().code == 0)
    try Self.cohort(samples: 4, unit: "zscore").write(to: folder.file("z.h5ad"))
    try Data("text".utf8).write(to: URL(fileURLWithPath: folder.file("part")))
    for (arguments, place, cause) in [
      (["embed", "rank", "z.h5ad", "--model", "small"], "z.h5ad:/uns/expression/unit", "is zscore"),
      (["embed", "rank", "a.h5ad", "--model", "none"], "none", "is no folder that can be read"),
      (["embed", "rank", "a.h5ad", "--model", "."], ".", "holds no config.json"),
      (["embed", "rank", "none.h5ad", "--model", "small"], "none.h5ad", "No such file"),
      (["merge", "a.h5ad", "part"], "part", ""),
    ] {
      let before = try files()
      let run = try therapi(arguments + ["--json"])
      #expect(run.code == 2 && !run.isKilled)
      #expect(run.errors.hasPrefix("therapi: error: \(place)"), "\(run.errors)")
      let error = try #require(try run.document()["error"] as? [String: Any])
      #expect(error["origin"] as? String == "input")
      #expect(cause.isEmpty || (error["cause"] as? String)?.contains(cause) == true, "\(run.errors)")
      #expect(try files() == before)
    }
  }

  // MARK: - Interruptions

  private func status(_ name: String) -> stat? {
    var status = stat()
    return stat(folder.file(name), &status) == 0 ? status : nil
  }

  /// Waits until so many bytes stand in the journal, or the process is no more, then for a random moment; how many stand
  /// there.
  private func awaitJournal(_ bytes: Int, of process: Int32, using generator: inout SeededGenerator) -> Int {
    let journal = ".a.h5ad.X_geneformer.journal.partial"
    while status(journal)?.st_size ?? 0 < bytes, kill(process, 0) == 0 { sched_yield() }
    for _ in 0..<Int.random(in: 0...100, using: &generator) { sched_yield() }
    return Int(status(journal)?.st_size ?? 0)
  }

  @Test("an embedding that is killed again and again ends in the bytes of one that was not, and loses a block at most")
  func killed() throws {
    #expect(try pretrain().code == 0)
    try FileManager.default.copyItem(atPath: folder.file("a.h5ad"), toPath: folder.file("b.h5ad"))
    #expect(try therapi(["embed", "rank", "b.h5ad", "--model", "small"]).code == 0)
    var generator = SeededGenerator(seed: 8)
    // 32 samples x 16 numbers, their place and their sum; a head of some 90 bytes stands before them.
    let entry = 32 * 16 * 4 + 16 + 64
    var seen = 0
    for round in 0..<3 {
      let run = try therapi(Self.embedding) { process in
        seen = max(seen, awaitJournal((2 * round + 1) * entry, of: process, using: &generator))
        kill(process, SIGKILL)
      }
      // Where the machine is fast one may come to its end before.
      #expect(run.isKilled || run.code == 0)
    }
    let report = try store(of: therapi(Self.embedding + ["--json"]).document())
    let (computed, resumed) = (report["computed"] as? Int ?? -1, report["resumed"] as? Int ?? -1)
    if report["was_current"] as? Bool != true {
      #expect(computed + resumed == Self.samples)
      // Every block of which all bytes stood in the file before the last kill.
      #expect(resumed >= (seen - 200) / entry * 32)
    }
    #expect(try sum("a.h5ad") == sum("b.h5ad"))
    #expect(try files() == ["a.h5ad", "b.h5ad"])
  }
}
