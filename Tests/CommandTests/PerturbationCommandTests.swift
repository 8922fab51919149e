import Cohorts
import Files
import Foundation
import Genes
import TestSupport
import Testing

@Suite("embed perturbation, train-perturbation, fine-tune")
struct PerturbationCommandTests {
  private let folder: TemporaryFolder
  private static let embedding = ["embed", "perturbation", "a.h5ad", "--model", "small.safetensors", "--pairs", "all"]

  private static let drugs = [
    ("aspirin", "CC(=O)Oc1ccccc1C(=O)O"), ("broken", "C1CC"), ("ethanol", "CCO"), ("acid", "CC(=O)O"),
    ("benzene", "c1ccccc1"), ("amine", "CCN"),
  ]

  init() throws {
    folder = try TemporaryFolder()
    // Five drugs have a molecule: 1,300 pairs, six blocks.
    try Self.cohort(samples: 260).write(to: folder.file("a.h5ad"))
    let symbols = LandmarkPanel.shared.landmarks.prefix(3).map(\.symbol).joined(separator: ",")
    try write("treated.csv", symbols + "\n" + (0..<6).map { "\($0),1,-1\n" }.joined())
    try write("conditions.csv", "canonical_smiles,dose,time\n" + Self.drugs.map { "\($0.1),10,24\n" }.joined())
    let run = try therapi(
      ["embed", "train-perturbation", "--treated", "treated.csv", "--conditions", "conditions.csv"]
        + ["-o", "small.safetensors", "--hidden", "4", "--width", "8", "--layers", "1", "--heads", "2"]
        + ["--epochs", "1", "--held-out", "0.4"])
    try #require(run.code == 0, "\(run.errors)")
  }

  private func write(_ name: String, _ text: String) throws {
    try text.write(toFile: folder.file(name), atomically: true, encoding: .utf8)
  }

  private static func cohort(samples: Int) -> Cohort {
    var cohort = ExampleCohort.make(samples: samples, symbols: LandmarkPanel.shared.landmarks.map(\.symbol))
    (cohort.layers, cohort.obsm, cohort.uns["embeddings"]) = ([:], [:], nil)
    var frame = Frame(indexName: "drug", index: drugs.map(\.0))
    frame.set("smiles", .strings(drugs.map(\.1)))
    cohort.uns["drugs"] = .frame(frame)
    let pairs = cohort.obs.index.flatMap { sample in drugs.map { (sample, $0.0) } }
    var responses = Frame(indexName: "response", index: pairs.indices.map { "\($0)" })
    responses.set("sample", .categorical(pairs.map(\.0)))
    responses.set("drug", .categorical(pairs.map(\.1)))
    responses.set("value", .doubles(pairs.indices.map { Double($0 % 7) - 3 }))
    responses.set("unit", .categorical(pairs.map { _ in "ln(uM)" }))
    responses.set("label", .int32s(pairs.indices.map { Int32($0 % 2) }))
    cohort.uns["responses"] = .frame(responses)
    if case .group(var members) = cohort.uns["therapi"] {
      members["panel_order"] = .string(LandmarkPanel.shared.orderHash)
      cohort.uns["therapi"] = .group(members)
    }
    return cohort
  }

  private func therapi(
    _ arguments: [String], whileRunning: (Int32) throws -> Void = { _ in }
  ) throws -> TherapiProcess {
    try TherapiProcess.run(arguments, in: folder.path, whileRunning: whileRunning)
  }

  private func sum(_ name: String) throws -> String { try SHA256.hex(ofFile: folder.file(name)) }

  private func stores() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.contains("h5ad") || $0.contains("part") }.sorted()
  }

  @Test("reports pairs as a page and as JSON, and joins parts of them to the bytes of one run")
  func reportsAndParts() throws {
    let run = try therapi(Self.embedding)
    #expect(run.code == 0 && run.output.hasPrefix("a.pairs.h5ad: written, in "))
    for line in ["therapi-signatures, ", "5 embedded, 1 skipped", "broken: ", "1,300 embedded, 0 left out"] {
      #expect(run.output.contains(line), "\(run.output)")
    }
    let again = try therapi(Self.embedding + ["--json"]).document()
    #expect(again["is_unchanged"] as? Bool == true && again["pairs"] as? Int == 1_300)
    let whole = try sum("a.pairs.h5ad")
    for number in 1...2 { #expect(try therapi(Self.embedding + ["--shard", "\(number)/2"]).code == 0) }
    let parts = (1...2).map { "a.pairs.\($0)-of-2.part" }
    #expect(try stores() == ["a.h5ad"] + parts + ["a.pairs.h5ad"])
    let missing = try therapi(["merge", "b.pairs.h5ad", parts[1]])
    #expect(missing.code == 2 && missing.errors.contains("1/2 not given"))
    let merged = try therapi(["merge", "b.pairs.h5ad"] + parts)
    #expect(merged.output == "b.pairs.h5ad: obsm/X_csg2a of 1,300 samples from 2 parts\n", "\(merged.errors)")
    #expect(try sum("b.pairs.h5ad") == whole)
    let shard = try therapi(Self.embedding + ["--shard", "2/2", "--json"]).document()
    #expect(shard["is_unchanged"] as? Bool == true && shard["shard"] as? String == "2/2")
  }

  @Test("drugs alone go into the store, and inspect and verify tell when they are stale")
  func drugsOnly() throws {
    let run = try therapi(["embed", "perturbation", "a.h5ad", "--model", "small.safetensors", "--drugs-only"])
    #expect(run.code == 0 && run.output.contains("5 embedded, 1 skipped"))
    #expect(try therapi(["inspect", "a.h5ad"]).output.contains("uns/drug_embeddings/X_compound: current, model "))
    #expect(try !therapi(["verify", "a.h5ad"]).output.contains("stale"))
    try StoreUpdate.update(folder.file("a.h5ad")) {
      var frame = Frame(indexName: "drug", index: ["ethanol"])
      frame.set("smiles", .strings(["CCO"]))
      try $0.set(uns: "drugs", .frame(frame))
    }
    let reason = "the drugs of the store or their SMILES changed since it was made"
    #expect(try therapi(["inspect", "a.h5ad"]).output.contains("uns/drug_embeddings/X_compound: stale: \(reason)"))
    let verified = try therapi(["verify", "a.h5ad"])
    #expect(verified.code == 0 && verified.output.contains("is stale: \(reason)"))
  }

  @Test("tunes a model to ln IC50, which then embeds pairs, and says what it is")
  func fineTune() throws {
    let tuning = ["embed", "fine-tune", "a.h5ad", "--model", "small.safetensors", "-o", "tuned.safetensors"]
    let run = try therapi(tuning + ["--width", "8", "--epochs", "2", "--batch-size", "64", "--json"])
    let report = try run.document()
    #expect(report["base_kind"] as? String == "therapi-signatures" && report["epochs"] as? Int == 2)
    #expect(report["test_pairs"] as? Int == 26 * 5 && report["training_pairs"] as? Int == 208 * 5)
    #expect((report["test_error"] as? Double ?? -1) > 0 && (report["drug_mean_error"] as? Double ?? -1) > 0)
    let page = try therapi(tuning + ["--width", "8", "--epochs", "1", "--weights", "free", "--hold-out", "drugs"])
    #expect(page.code == 0 && page.output.contains("held out by drugs"), "\(page.errors)")
    let embedded = try therapi([
      "embed", "perturbation", "a.h5ad", "--model", "tuned.safetensors", "--drugs-only", "--json",
    ])
    #expect(try embedded.document()["kind"] as? String == "therapi-tuned")
  }

  @Test(
    "arguments that do not go together end with 2, and change nothing",
    arguments: [
      (["a.h5ad"], "--model"), (["a.h5ad", "--model", "m", "--shard", "0/3"], "--shard is i/n"),
      (["a.h5ad", "--model", "m", "--drugs-only", "--shard", "1/3"], "--shard is for pairs"),
      (["a.h5ad", "--model", "m", "--links", "l"], "--genes and --links go together"),
      (["--model", "m"], "Name a store"), (["a.h5ad", "--model", "m", "--dose=-1"], "must not be negative"),
    ])
  func misuse(arguments: [String], cause: String) throws {
    let run = try therapi(["embed", "perturbation"] + arguments)
    #expect(run.code == 2 && run.errors.contains(cause), "\(run.errors)")
    #expect(try stores() == ["a.h5ad"])
  }

  @Test("bad input ends with 2, the place, the cause and a remedy")
  func badInput() throws {
    try write("drugs.tsv", "drug\tsmiles\nx\tC\nx\tC\n")
    try write("pairs.tsv", "sample\tdrug\nS1\tnobody\n")
    for (arguments, place, cause) in [
      (["--model", "a.h5ad"], "a.h5ad", ""), (["--model", "treated.csv"], "treated.csv", ""),
      (["--model", "small.safetensors", "--drugs", "drugs.tsv"], "drugs.tsv:3:drug", "a second time"),
      (["--model", "small.safetensors", "--pairs", "pairs.tsv"], "pairs.tsv:2:drug", "there is no drug 'nobody'"),
      (["--model", "small.safetensors", "--layer", "aligned"], "a.h5ad:/layers/aligned", "is not there"),
    ] {
      let run = try therapi(["embed", "perturbation", "a.h5ad", "--json"] + arguments)
      // Drugs that are skipped are told of before.
      #expect(run.code == 2 && run.errors.contains("therapi: error: \(place)"), "\(run.errors)")
      let error = try #require(try run.document()["error"] as? [String: Any])
      #expect(cause.isEmpty || (error["cause"] as? String)?.contains(cause) == true, "\(run.errors)")
      #expect(try stores() == ["a.h5ad"])
    }
  }

  @Test("a run that is killed again and again ends in the bytes of one that was not, and loses a block at most")
  func killed() throws {
    try #require(try therapi(Self.embedding).code == 0)
    let whole = try sum("a.pairs.h5ad")
    try FileManager.default.removeItem(atPath: folder.file("a.pairs.h5ad"))
    var generator = SeededGenerator(seed: 6)
    // 256 pairs x 978 numbers, their place and their sum; a head of some 90 bytes stands before them.
    let entry = 256 * 978 * 4 + 16 + 64
    let journal = folder.file(".a.pairs.h5ad.X_csg2a.journal.partial")
    func bytes() -> Int {
      var status = stat()
      return stat(journal, &status) == 0 ? Int(status.st_size) : 0
    }
    var seen = 0
    for blocks in [1, 3] {
      let run = try therapi(Self.embedding) { process in
        // The process may come to its end before, and is then no more.
        while bytes() < blocks * entry, kill(process, 0) == 0 { sched_yield() }
        for _ in 0..<Int.random(in: 0...300, using: &generator) { sched_yield() }
        seen = max(seen, bytes())
        kill(process, SIGKILL)
      }
      // Where the machine is fast one may come to its end before.
      #expect(run.isKilled || run.code == 0)
    }
    let report = try therapi(Self.embedding + ["--json"]).document()
    if report["is_unchanged"] as? Bool != true {
      // Every block of which all bytes stood in the file before the last kill.
      #expect((report["resumed_pairs"] as? Int ?? -1) >= min(1_300, (seen - 200) / entry * 256))
    }
    #expect(try sum("a.pairs.h5ad") == whole && stores() == ["a.h5ad", "a.pairs.h5ad"])
  }
}
