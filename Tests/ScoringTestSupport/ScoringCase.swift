import Cohorts
import Embedding
import Formats
import Foundation
import Genes
import Logging
import Matrices
import Networks
import Prediction
import Randomness
import TestSupport

/// Stores of cell lines and of patients, a perturbation model and a finished run, with random numbers in all of them.
package struct ScoringCase {
  package static let rank = 6
  package static let drugs = ["A", "B,\"b\"", "C"]
  private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
  private static let rankMaker = String(repeating: "cd", count: 32)

  package let folder: TemporaryFolder
  package let model: PerturbationModel
  private let patients: Int
  package var store: String { folder.file("patients.h5ad") }
  package var source: String { folder.file("lines.h5ad") }
  package var run: String { folder.file("run") }

  /// Weights by seed are made once: a million random numbers take their time where nothing is optimised.
  private static let tensors: [String: Safetensor] = {
    var random = SeededRandom(seed: 5)
    let network = PerturbationNetwork(networkShape, pool: BufferPool(), using: &random)
    var tensors: [String: Safetensor] = [:]
    for parameter in network.parameters {
      tensors[parameter.name] = Safetensor(shape: parameter.value.shape, parameter.value.values)
    }
    for buffer in network.buffers {
      tensors[buffer.name] =
        buffer.isCount
        ? Safetensor(shape: [], values: .integers([0])) : Safetensor(shape: buffer.value.shape, buffer.value.values)
    }
    return tensors
  }()
  private static let networkShape = PerturbationNetwork.Shape(
    genes: 978, hidden: 4, transformer: .init(width: 8, layers: 1, heads: 2))

  package init(patients: Int = 11, without absent: Set<PredictorBranch> = [], folds: Int = 3) throws {
    folder = try TemporaryFolder()
    self.patients = patients
    model = PerturbationModel(
      .signatures, tensors: Self.tensors, shape: Self.networkShape, genes: .panel,
      links: Array(repeating: 1, count: 978))
    try writeStore(source, samples: 5, seed: 1, isSource: true)
    try writeStore(store, samples: patients, seed: 2, isSource: false)
    try writeRun(absent, folds: folds)
  }

  package func options(
    drugs: DrugSelection = .all, without: Set<Ablation> = [], source: String?? = nil, restarts: Bool = false
  ) -> ScoringRun.Options {
    ScoringRun.Options(
      run: run, model: model, source: source ?? self.source, drugs: drugs, without: without, restarts: restarts)
  }

  /// Scores the patients into a file of the folder.
  @discardableResult
  package func score(
    _ output: String = "scores.h5ad", by options: ScoringRun.Options? = nil, csv: String? = nil, shard: Shard = .whole,
    lanes: Int = 1
  ) throws -> ScoringRun.Report {
    try ScoringRun(options ?? self.options(), lanes: lanes, logger: Self.logger).score(
      store, output: folder.file(output), csv: csv.map(folder.file), shard: shard)
  }

  // MARK: What it is made of

  private func writeStore(_ path: String, samples: Int, seed: UInt64, isSource: Bool) throws {
    var random = SeededRandom(seed: seed)
    var cohort = ExampleCohort.make(samples: samples, symbols: LandmarkPanel.shared.landmarks.map(\.symbol))
    for place in cohort.x.values.indices where cohort.x.values[place] != 0 {
      cohort.x.values[place] = 15 * random.uniform()
    }
    (cohort.layers, cohort.obsm, cohort.uns["embeddings"]) = ([:], [:], nil)
    if case .group(var members) = cohort.uns["therapi"] {
      members["panel_order"] = .string(LandmarkPanel.shared.orderHash)
      cohort.uns["therapi"] = .group(members)
    }
    let pairs = cohort.obs.index.flatMap { sample in Self.drugs.map { (sample, $0) } }
    var responses = Frame(indexName: "response", index: pairs.indices.map { "\($0)" })
    responses.set("sample", .categorical(pairs.map(\.0)))
    responses.set("drug", .categorical(pairs.map(\.1)))
    responses.set("label", .int32s(pairs.indices.map { Int32($0 % 3) - 1 }))
    cohort.uns["responses"] = .frame(responses)
    try cohort.write(to: path)
    let input = try CohortStore(path).inputFingerprint()
    func record(_ model: String, _ extra: [String: StoreValue] = [:]) -> BlockRecord {
      BlockRecord(
        model: model, input: input, panelOrder: LandmarkPanel.shared.orderHash, toolVersion: "0.1.0", extra: extra)
    }
    func matrix(_ columns: Int, _ number: (inout SeededRandom) -> Float) -> Matrix {
      Matrix(rows: samples, columns: columns, values: (0..<(samples * columns)).map { _ in number(&random) })
    }
    let (rank, aligned) = (matrix(Self.rank) { $0.normal() }, matrix(978) { 7 + $0.normal() })
    try StoreUpdate.update(path) { update in
      try update.set(.rank, rank, record(Self.rankMaker))
      if isSource {
        try update.set(uns: DrugEmbeddings.path, drugTable(&random))
      } else {
        try update.set(
          .aligned, aligned, record(String(repeating: "ab", count: 32), ["unit": .string("log2(tpm + 1)")]))
      }
    }
  }

  private func drugTable(_ random: inout SeededRandom) -> StoreValue {
    let values = (0..<(Self.drugs.count * 978)).map { _ in random.uniform() }
    let smiles = Self.drugs.indices.map { String(repeating: "C", count: $0 + 1) }
    var table = Frame(indexName: "drug", index: Self.drugs)
    table.set("smiles", .strings(smiles))
    return DrugEmbeddings(
      drugs: Self.drugs, smiles: smiles, values: Matrix(rows: Self.drugs.count, columns: 978, values: values),
      model: model.fingerprint, kind: "therapi-signatures", settings: [:]
    ).value(
      table: table, skipped: Frame(indexName: "drug", index: []), input: "", source: .table,
      panelOrder: LandmarkPanel.shared.orderHash, toolVersion: "0.1.0")
  }

  private func writeRun(_ absent: Set<PredictorBranch>, folds: Int) throws {
    var settings = PredictorSettings(head: .reference, seed: 0)
    settings.without = PredictorBranch.allCases.filter(absent.contains)
    settings.folds = folds
    let source = try PredictorSource(self.source, model: model, settings: settings, lanes: Lanes(1))
    let shape = ResponsePredictor.Shape(
      without: absent, rank: Self.rank, width: 8, head: .reference, hidden: [7, 5])
    let target = RunFolder(run)
    try FileManager.default.createDirectory(atPath: run, withIntermediateDirectories: true)
    var random = SeededRandom(seed: 9)
    let score = try PredictorScore(logits: [1, -1], labels: [1, 0])
    let made = try (0..<folds).map { fold in
      let predictor = ResponsePredictor(shape, pool: BufferPool(), using: &random)
      let file = try PredictorFile(
        predictor.tensors,
        header: PredictorHeader(
          preset: .reference, settings: settings, shape: shape, fold: fold, geneOrder: source.geneOrder,
          rankModel: source.rankModel, perturbationModel: source.perturbationModel, key: "key", bestEpoch: 1, curve: [])
      )
      try file.write(to: target.predictor(fold: fold))
      return try Self.fold(fold, model: file.model, score)
    }
    let record = RunRecord(
      preset: .reference, settings: settings, shape: shape, source: source, key: "key", toolVersion: "0.1.0",
      folds: made)
    try Data(record.text.utf8).write(to: URL(fileURLWithPath: target.file(RunFolder.record)))
  }

  private static func fold(_ fold: Int, model: String, _ score: PredictorScore) throws -> RunRecord.Fold {
    let scores = String(decoding: try JSONEncoder().encode(score), as: UTF8.self)
    let text = """
      {"fold": \(fold), "file": "\(PredictorFile.name(fold: fold))", "model": "\(model)", "trainingPairs": 1,
      "trainingPositives": 1, "stoppingFold": 0, "epochs": 1, "bestEpoch": 1, "validation": \(scores), "test": \(scores)}
      """
    return try JSONDecoder().decode(RunRecord.Fold.self, from: Data(text.utf8))
  }
}
