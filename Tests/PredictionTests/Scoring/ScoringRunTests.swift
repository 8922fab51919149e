import Cohorts
import Embedding
import Files
import Foundation
import Matrices
import Networks
import Problems
import ScoringTestSupport
import TestSupport
import Testing

@testable import Prediction

@Suite("Scores of a cohort")
struct ScoringRunTests {
  private static func sum(_ path: String) throws -> String {
    SHA256.hex(of: try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  private static func scores(_ path: String) throws -> ScoreStore.Scores {
    var all = ScoreStore.Scores()
    try CohortStore(path).forEachScore { first, scores in
      #expect(first == 0)
      all = scores
    }
    return all
  }

  // MARK: - What is written

  /// The plain path in evaluation; log odds here are about 1, and a few 1e-6 apart.
  @Test("are the mean over the folds of what the networks say of aligned expression, standardised as the lines were")
  func values() throws {
    let example = try ScoringCase()
    let report = try example.score(csv: "scores.csv")
    #expect(report.pairs == 33 && report.folds == 3 && report.labelled == 22 && report.layer == "aligned")
    let scores = try Self.scores(example.folder.file("scores.h5ad"))
    let (store, lines) = (try CohortStore(example.store), try CohortStore(example.source))
    let standard = try PerturbationCohort(lines, layer: .x, takesAnyUnit: false).standard
    let (pool, lanes) = (BufferPool(), Lanes(1))
    let map = try example.model.map(lanes: lanes)
    let compounds = try SourceStore(example.source).drugs(model: nil).compounds
    let pairs = (0..<11).flatMap { sample in (0..<3).map { (sample: sample, drug: $0) } }
    let perturbed = map.perturbed(
      map.samples(standard.standardised(try store.layer("aligned"))), map.drugs(compounds), pairs: pairs)
    let inputs: [PredictorBranch: ResponsePredictor.Input] = [
      .perturbation: .init(perturbed),
      .rank: .init(
        Tensor([11, ScoringCase.rank], try store.obsm("X_geneformer").values, pool: pool), rows: pairs.map(\.sample)),
      .drug: .init(Tensor([3, 978], compounds, pool: pool), rows: pairs.map(\.drug)),
    ]
    let folds = try ScoringRunFolder(example.run).files.map { file in
      var pass = Pass.evaluation
      return try file.predictor(pool: pool)(inputs, &pass, on: Tape(isRecording: false, lanes: lanes, pool: pool)).value
        .values
    }
    for row in pairs.indices {
      let own = folds.map { Double($0[row]) }
      let mean = own.reduce(0, +) / 3
      let deviation = (own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2).squareRoot()
      let probability = own.reduce(0) { $0 + 1 / (1 + exp(-$1)) } / 3
      #expect(abs(Double(scores.logits[row]) - mean) <= 1e-4 * max(1, abs(mean)))
      #expect(abs(Double(scores.deviations[row]) - deviation) <= 1e-4 * max(1, abs(mean)))
      #expect(abs(Double(scores.probabilities[row]) - probability) <= 1e-4)
    }
    #expect(Array(scores.labels[..<6]) == [-1, 0, 1, -1, 0, 1])
  }

  @Test("stand in a sound store, and in a table of the same numbers")
  func files() throws {
    let example = try ScoringCase()
    try example.score(csv: "scores.csv")
    let path = example.folder.file("scores.h5ad")
    #expect(try StoreVerification(of: path).findings.isEmpty)
    let (frame, scores) = (try CohortStore(path).obs(), try Self.scores(path))
    #expect(frame.index.count == 33 && frame.index[32] == "32")
    #expect(frame.columns.map(\.name) == ["sample", "drug", "label", "logit", "deviation", "probability"])
    #expect(frame["logit"] == .floats(scores.logits))
    let lines = try String(contentsOfFile: example.folder.file("scores.csv"), encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 34 && lines[0] == "sample,drug,label,logit,deviation,probability")
    #expect(
      lines[2] == "S0,\"B,\"\"b\"\"\",0,\(scores.logits[1]),\(scores.deviations[1]),\(scores.probabilities[1])")
    #expect(lines[1].hasPrefix("S0,A,,"))
  }

  @Test("leave the deviation of a single fold out")
  func oneFold() throws {
    let example = try ScoringCase(folds: 1)
    try example.score(csv: "scores.csv")
    #expect(try Self.scores(example.folder.file("scores.h5ad")).deviations.allSatisfy(\.isNaN))
    let text = try String(contentsOfFile: example.folder.file("scores.csv"), encoding: .utf8)
    #expect(text.split(separator: "\n")[1].split(separator: ",", omittingEmptySubsequences: false)[4].isEmpty)
  }

  @Test("can do without a branch of the predictors", arguments: [PredictorBranch.rank, .perturbation])
  func branches(absent: PredictorBranch) throws {
    let example = try ScoringCase(without: [absent])
    let ablation: Ablation = absent == .rank ? .rank : .perturbation
    let report = try example.score(by: example.options(without: [ablation]))
    #expect(!report.branches.contains(absent.rawValue))
    #expect((report.layer == nil) == (absent == .perturbation))
  }

  @Test("take the cohort's own expression without alignment, and need no source then but for its drugs")
  func withoutAlignment() throws {
    let example = try ScoringCase()
    let report = try example.score("own.h5ad", by: example.options(without: [.alignment]))
    try example.score()
    #expect(report.layer == "X")
    let own = try Self.scores(example.folder.file("own.h5ad"))
    #expect(own.logits != (try Self.scores(example.folder.file("scores.h5ad")).logits))
  }

  @Test("standardise the cohort's own expression in blocks as on the whole of it")
  func standard() throws {
    let example = try ScoringCase()
    let store = try CohortStore(example.store)
    let whole = try PerturbationCohort(store, layer: .x, takesAnyUnit: false)
    guard case .booleans(let measured) = try store.geneTable()["measured"] else { return }
    let streamed = try ExpressionStandard(of: store, measured: measured, stretch: 4)
    #expect(streamed == ExpressionStandard(whole.standard))
    #expect(streamed.standardised(try store.matrix().values) == whole.expression)
  }

  // MARK: - Parts, stops and reruns

  @Test("are the same bytes on one lane and two, in one go and merged from parts")
  func parts() throws {
    let example = try ScoringCase(patients: 700)
    try example.score("whole.h5ad", csv: "whole.csv.gz", lanes: 2)
    let names = try [3, 1, 2].map { number in
      let shard = try #require(Shard(number, of: 3))
      try example.score("\(number).part", shard: shard)
      return example.folder.file("\(number).part")
    }
    #expect(names.allSatisfy(ScoreMerge.takes))
    let report = try ScoreMerge(reading: names).write(
      example.store, output: example.folder.file("merged.h5ad"), csv: example.folder.file("merged.csv.gz"))
    #expect(report.pairs == 2_100 && report.parts == 3)
    for kind in ["h5ad", "csv.gz"] {
      #expect(try Self.sum(example.folder.file("whole.\(kind)")) == Self.sum(example.folder.file("merged.\(kind)")))
    }
  }

  @Test("refuse parts that make no whole")
  func badParts() throws {
    let example = try ScoringCase()
    let (first, second) = (try #require(Shard(1, of: 2)), try #require(Shard(2, of: 2)))
    try example.score("1.part", shard: first)
    try example.score("2.part", by: example.options(drugs: .names(["A"])), shard: second)
    let paths = ["1.part", "2.part"].map(example.folder.file)
    for (parts, cause) in [
      ([paths[0]], "2/2 not given"), (paths, "another whole"), ([paths[0], paths[0]], "is part 1/2"),
    ] {
      let error = #expect(throws: PredictionError.self) { try ScoreMerge(reading: parts) }
      #expect(error?.cause.contains(cause) == true, "\(error?.cause ?? "")")
    }
    // A block is 171 samples: the first part has none.
    try example.score("2.part", shard: second)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: paths[1]))
    try bytes.dropLast(1).write(to: URL(fileURLWithPath: paths[1]))
    let merge = try ScoreMerge(reading: paths)
    let error = #expect(throws: PredictionError.self) {
      try merge.write(example.store, output: example.folder.file("merged.h5ad"))
    }
    #expect(error?.cause == "is damaged, or not whole")
    #expect(!FileManager.default.fileExists(atPath: example.folder.file("merged.h5ad")))
  }

  @Test("go on from what a killed run left, to the same bytes; a journal of other scores is thrown away")
  func resumed() throws {
    let example = try ScoringCase(patients: 3_000)
    try example.score("whole.h5ad", lanes: 2)
    let journal = example.folder.file(".stopped.h5ad.journal.partial")
    // What another plan left.
    try Data("therapi-scores 1\n{}\n".utf8).write(to: URL(fileURLWithPath: journal))
    #expect(try example.score("stopped.h5ad", lanes: 2).resumed == 0)
    #expect(!FileManager.default.fileExists(atPath: journal))
    let shard = try #require(Shard(1, of: 1))
    try FileManager.default.removeItem(atPath: example.folder.file("stopped.h5ad"))
    // A whole journal, cut within its second entry.
    try leaveJournal(example, at: journal, shard)
    let report = try example.score("stopped.h5ad", lanes: 1)
    #expect(report.resumed > 0 && report.resumed < 3_000)
    #expect(try Self.sum(example.folder.file("stopped.h5ad")) == Self.sum(example.folder.file("whole.h5ad")))
    // A run that was killed when its store was whole.
    try leaveJournal(example, at: journal, shard)
    #expect(try example.score("stopped.h5ad").isUnchanged)
    #expect(!FileManager.default.fileExists(atPath: journal))
  }

  /// Runs a part of two and takes its entries over into a journal of the whole, as a run leaves them.
  private func leaveJournal(_ example: ScoringCase, at path: String, _ shard: Shard) throws {
    try example.score("half.part", shard: try #require(Shard(1, of: 2)))
    let half = try ScorePart(example.folder.file("half.part")).entries
    let journal = try ScoreJournal(of: example.folder.file("stopped.h5ad"), half.plan, shard)
    try journal.entries.begin()
    try journal.entries.write(try #require(try half.entry(0)), entry: 0)
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data([1, 2, 3]))
    try file.close()
  }

  @Test("stay where they are current, and are made anew where the drugs differ or when asked to")
  func reruns() throws {
    let example = try ScoringCase()
    try example.score()
    #expect(try example.score().isUnchanged)
    #expect(try !example.score(by: example.options(restarts: true)).isUnchanged)
    #expect(try !example.score(by: example.options(drugs: .names(["C", "A"]))).isUnchanged)
    let two = try Self.scores(example.folder.file("scores.h5ad"))
    #expect(two.count == 22)
  }

  // MARK: - Bad input

  private func expectFault(
    _ example: ScoringCase, _ options: ScoringRun.Options? = nil, _ cause: String, _ remedy: String
  ) {
    do {
      try example.score(by: options)
      Issue.record("nothing was thrown for: \(cause)")
    } catch let error as any Problem {
      #expect(error.cause.contains(cause), "\(error.cause)")
      #expect(error.remedy?.contains(remedy) == true, "\(error.remedy ?? "")")
    } catch {
      Issue.record("\(error)")
    }
    #expect(!FileManager.default.fileExists(atPath: example.folder.file("scores.h5ad")))
  }

  @Test("are refused for a drug that nobody knows, named twice, or not at all")
  func badDrugs() throws {
    let example = try ScoringCase()
    expectFault(
      example, example.options(drugs: .names(["a"])), "no embedding of the drug 'a'; the run has 'A'", "embed")
    expectFault(example, example.options(drugs: .names(["A", "A"])), "named twice", "once")
    expectFault(example, example.options(drugs: .names([])), "no drug is named", "--drugs")
    let table = example.folder.file("drugs.csv")
    try Data("drug\nA\nZ\n".utf8).write(to: URL(fileURLWithPath: table))
    expectFault(
      example, example.options(drugs: .table(table)), "no embedding of the drug 'Z'", "name a drug of the run")
  }

  @Test("are refused for a run without a fold, with a fold of another run, or with another perturbation model")
  func badRun() throws {
    let example = try ScoringCase()
    let folder = RunFolder(example.run)
    let second = folder.predictor(fold: 1)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: second))
    try FileManager.default.removeItem(atPath: second)
    expectFault(example, nil, "is not there, though run.json names it", "therapi train")
    try FileManager.default.copyItem(atPath: folder.predictor(fold: 0), toPath: second)
    expectFault(example, nil, "is not the predictor that run.json names", "train again")
    try bytes.write(to: URL(fileURLWithPath: second))
    var options = example.options()
    options.model = nil
    expectFault(example, options, "none is given", "--perturbation")
    expectFault(example, example.options(without: [.rank]), "has the branch rank", "therapi train --without rank")
    try FileManager.default.removeItem(atPath: folder.file(RunFolder.record))
    expectFault(example, nil, "is not there", "therapi train")
  }

  @Test("are refused for stale blocks, and for another source than the run's")
  func stale() throws {
    let example = try ScoringCase()
    expectFault(example, example.options(source: .some(nil)), "their store is not named", "--source")
    expectFault(
      example, example.options(source: example.store), "is not the store that the run was trained on", "train")
    var cohort = try CohortStore(example.store).cohort()
    cohort.x.values[0] += 1
    try cohort.write(to: example.store)
    expectFault(example, nil, "is stale", "therapi align")
    expectFault(example, example.options(without: [.alignment]), "is stale", "therapi embed rank")
  }

  @Test("are refused for genes in another order")
  func genes() throws {
    let example = try ScoringCase()
    var cohort = try CohortStore(example.store).cohort()
    if case .group(var members) = cohort.uns["therapi"] {
      members["panel_order"] = .string("other")
      cohort.uns["therapi"] = .group(members)
    }
    try cohort.write(to: example.store)
    expectFault(example, nil, "in today's order", "ingest")
  }
}
