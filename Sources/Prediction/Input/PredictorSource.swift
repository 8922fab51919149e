import Cohorts
import Embedding
import Genes
import Matrices
import Problems
import Runs

/// The training data of a source store, and what they were made with.
package struct PredictorSource: Sendable {
  package let data: PredictorData
  /// Name of the cohort.
  package let cohort: String
  /// Fingerprint of what models see of the store.
  package let input: String
  /// SHA-256 of the genes' order.
  package let geneOrder: String
  /// Fingerprint of the model behind the rank embeddings; nil without them.
  package let rankModel: String?
  /// Fingerprint of the model behind compounds and expression after the drug.
  package let perturbationModel: String

  /// Reads a store, and computes expression after the drug for each of its pairs once: 4 bytes x 978 a pair are kept,
  /// since every epoch of every fold needs them again.
  ///
  /// `model` is nil only without the perturbation branch. Expression is standardised gene by gene over the cohort; a
  /// gene that was not measured is 0. Throws `PredictionError`, `EmbeddingError`, `StoreError` and `CancellationError`.
  package init(
    _ path: String, model: PerturbationModel?, settings: PredictorSettings, lanes: Lanes,
    progress: (any RunProgress)? = nil
  ) throws {
    progress?.begin("reading \(path)")
    let source = try SourceStore(path)
    let drugs = try source.drugs(model: model?.fingerprint)
    let pairs = try TrainingPairs(source, drugs: drugs.names, needsTissue: settings.split == .tissue)
    let ranks = settings.without.contains(.rank) ? nil : try source.ranks()
    var perturbed: [Float]?
    if !settings.without.contains(.perturbation) {
      guard let model else { preconditionFailure("the perturbation branch without its model") }
      let cohort = try PerturbationCohort(source.store, layer: .x, takesAnyUnit: false)
      perturbed = try Self.perturbed(pairs, cohort.expression, drugs.compounds, model, lanes, progress)
    }
    data = PredictorData(
      pairs: pairs, perturbed: perturbed, ranks: ranks?.values.values, compounds: drugs.compounds,
      genes: LandmarkPanel.count, rank: ranks?.values.columns ?? 0)
    (cohort, input, geneOrder) = (source.name, source.input, LandmarkPanel.shared.orderHash)
    (rankModel, perturbationModel) = (ranks?.model, drugs.model)
  }

  init(
    data: PredictorData, cohort: String, input: String, geneOrder: String, rankModel: String?, perturbationModel: String
  ) {
    (self.data, self.cohort, self.input, self.geneOrder) = (data, cohort, input, geneOrder)
    (self.rankModel, self.perturbationModel) = (rankModel, perturbationModel)
  }

  /// Pairs x genes, in the panel's order.
  private static func perturbed(
    _ pairs: TrainingPairs, _ expression: [Float], _ compounds: [Float], _ model: PerturbationModel, _ lanes: Lanes,
    _ progress: (any RunProgress)?
  ) throws -> [Float] {
    let map = try model.map(lanes: lanes)
    let samples = map.samples(model.genes.ordered(expression))
    let drugs = map.drugs(model.genes.ordered(compounds))
    let genes = map.genes
    var out = [Float](repeating: 0, count: pairs.count * genes)
    for start in stride(from: 0, to: pairs.count, by: PerturbationMap.block) {
      try Task.checkCancellation()
      let rows = start..<min(pairs.count, start + PerturbationMap.block)
      let block = map.perturbed(
        samples, drugs, pairs: rows.map { (sample: pairs.sampleOf[$0], drug: pairs.drugOf[$0]) })
      out.withUnsafeMutableBufferPointer { out in
        guard let out = out.baseAddress else { return }
        for row in rows {
          model.genes.unordered(block.pointer + (row - start) * genes, into: out + row * genes)
        }
      }
      progress?.advance(RunStep("perturbing", done: rows.upperBound, total: pairs.count, unit: .things("pairs")))
    }
    return out
  }
}
