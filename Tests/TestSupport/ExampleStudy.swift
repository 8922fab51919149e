import Cohorts
import Foundation
import Genes
/// A study as small as one can be that has every step: stores, tables and configurations in a folder.
package struct ExampleStudy: Sendable {
  package let folder: TemporaryFolder

  private static let drugs = [
    ("aspirin", "CC(=O)Oc1ccccc1C(=O)O"), ("ethanol", "CCO"), ("caffeine", "Cn1cnc2c1c(=O)n(C)c(=O)n2C"),
  ]

  package init(lines: Int = 24, patients: Int = 21, _ configuration: String = Self.configuration) throws {
    folder = try TemporaryFolder()
    let study = MixtureStudy(genes: LandmarkPanel.count, lines: lines, patients: patients, seed: 4)
    try Self.prepared(study.source, responding: lines, seed: 1).write(to: folder.file("lines.h5ad"))
    try Self.prepared(study.target, responding: 9, seed: 2).write(to: folder.file("patients.h5ad"))
    try MixtureStudy.configuration().write(toFile: folder.file("alignment.yaml"), atomically: true, encoding: .utf8)
    try writeTables()
    try configuration.write(toFile: folder.file("study.yaml"), atomically: true, encoding: .utf8)
  }

  package static let configuration = """
    name: example
    title: An example
    results: results
    source: {store: lines.h5ad}
    target: {store: patients.h5ad}
    alignment: {config: alignment.yaml}
    rank:
      pretrain: {layers: 1, width: 8, heads: 2, epochs: 1, most-tokens: 16}
    perturbation:
      train: {treated: treated.csv, conditions: conditions.csv}
      settings: {hidden: 2, width: 8, layers: 1, heads: 2, epochs: 2, batch-size: 8}
    predictor: {folds: 3, epochs: 2, batch-size: 16}
    resamples: 20
    survival: [OS]
    """

  /// The panel's genes, drugs, responses of two pairs in three of the first samples, and survival.
  private static func prepared(_ cohort: Cohort, responding: Int, seed: UInt64) -> Cohort {
    var random = SeededGenerator(seed: seed)
    var genes = Frame(indexName: "symbol", index: LandmarkPanel.shared.landmarks.map(\.symbol))
    genes.set("ensembl", .strings(LandmarkPanel.shared.landmarks.map(\.ensembl)))
    genes.set("measured", .booleans(Array(repeating: true, count: LandmarkPanel.count)))
    var obs = cohort.obs
    let count = obs.index.count
    obs.set("OS", .doubles((0..<count).map { _ in Bool.random(using: &random) ? 1 : 0 }))
    obs.set("OS.time", .doubles((0..<count).map { _ in Double(Int.random(in: 30...3000, using: &random)) }))
    var result = Cohort(x: cohort.x, obs: obs, genes: genes)
    result.uns = cohort.uns
    if case .group(var members) = result.uns["therapi"] {
      members["panel_order"] = .string(LandmarkPanel.shared.orderHash)
      result.uns["therapi"] = .group(members)
    }
    var table = Frame(indexName: "drug", index: drugs.map(\.0))
    table.set("smiles", .strings(drugs.map(\.1)))
    result.uns["drugs"] = .frame(table)
    let pairs = obs.index.prefix(responding).flatMap { sample in drugs.map { (sample, $0.0) } }.enumerated()
      .filter { $0.offset % 3 < 2 }.map(\.element)
    var responses = Frame(indexName: "response", index: pairs.indices.map { "\($0)" })
    responses.set("sample", .categorical(pairs.map(\.0)))
    responses.set("drug", .categorical(pairs.map(\.1)))
    responses.set("label", .int32s(pairs.map { _ in Bool.random(using: &random) ? 1 : 0 }))
    result.uns["responses"] = .frame(responses)
    return result
  }

  private func writeTables() throws {
    var random = SeededGenerator(seed: 3)
    var treated = LandmarkPanel.shared.landmarks.map(\.symbol).joined(separator: ",") + "\n"
    var conditions = "canonical_smiles,dose,time\n"
    for smiles in ["CCO", "CCN", "CCC", "c1ccccc1", "CC(=O)O", "CCCl"] {
      for dose in [1, 10] {
        treated +=
          (0..<LandmarkPanel.count).map { _ in "\(Int.random(in: -3...3, using: &random))" }
          .joined(separator: ",") + "\n"
        conditions += "\(smiles),\(dose),24\n"
      }
    }
    try treated.write(toFile: folder.file("treated.csv"), atomically: true, encoding: .utf8)
    try conditions.write(toFile: folder.file("conditions.csv"), atomically: true, encoding: .utf8)
  }
}
