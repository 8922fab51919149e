import Embedding
import Files

/// All that scores of a cohort depend on, on which every part of them must agree.
struct ScoringPlan: Sendable, Equatable, Codable {
  /// Name of the cohort, and fingerprint of what models see of it.
  var cohort: String
  var input: String
  var samples: Int
  var drugs: [String]
  /// SHA-256 of the drugs' embeddings.
  var compounds: String
  /// SHA-256 of the genes' order.
  var geneOrder: String
  /// Key of the run, and fingerprint of each fold's predictor.
  var run: String
  var folds: [String]
  /// Branches that the predictors have.
  var branches: [PredictorBranch]
  /// The matrix that is the expression before the drug; nil without the perturbation branch.
  var layer: String?
  /// Fingerprint of the aligner behind the layer.
  var layerModel: String?
  /// SHA-256 of the means and deviations by which expression was standardised, and the cohort they are of.
  var standard: String?
  var standardOf: String?
  /// Of the cohort's rank embeddings.
  var rankModel: String?
  var perturbationModel: String
  var toolVersion: String

  /// Samples that are scored together: a pair's bits depend on them, and on no others.
  var block: Int { FoldedPredictor.block(drugs: drugs.count) }

  /// Blocks of the cohort.
  var blocks: Int { (samples + block - 1) / block }

  /// Samples of an entry of the journal: whole blocks, some 30,000 pairs or 1,024 samples.
  var stretch: Int { block * max(2, min(64, 1_024 / block)) }

  /// Samples of a shard; shards begin with a block.
  func samples(of shard: Shard) -> Range<Int> {
    let blocks = shard.rows(of: blocks)
    return min(samples, blocks.lowerBound * block)..<min(samples, blocks.upperBound * block)
  }

  /// SHA-256 of the plan, in hexadecimal digits.
  var key: String {
    get throws { SHA256.hex(of: "therapi-scores 1\n\(try HeaderText.json(self))".utf8) }
  }
}
