import Cohorts
import Formats
import Logging
import Networks
import Randomness
import TestSupport

@testable import Embedding

/// A small cohort of sequenced samples, and a small model for its genes.
enum Example {
  static let genes = 24
  static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  /// X in log2(tpm + 1), a third of it 0; one gene was not measured.
  static func cohort(samples: Int = 70, unit: String = "log2(tpm + 1)", seed: UInt64 = 1) -> Cohort {
    var random = SeededGenerator(seed: seed)
    var cohort = ExampleCohort.make(samples: samples, symbols: (0..<genes).map { "G\($0)" })
    cohort.genes.set("ensembl", .strings((0..<genes).map(ensembl)))
    var values = (0..<(samples * genes)).map { _ in Float.random(in: -4..<8, using: &random) }.map { max(0, $0) }
    for sample in 0..<samples { values[sample * genes + 1] = 0 }
    for sample in 0..<samples { values[sample * genes + 2] = 3 }
    cohort.x.values = values
    cohort.uns["embeddings"] = nil
    if case .group(var expression) = cohort.uns["expression"] {
      expression["unit"] = .string(unit)
      cohort.uns["expression"] = .group(expression)
    }
    return cohort
  }

  static func ensembl(_ gene: Int) -> String { "ENSG0000000\(1_000 + gene)" }

  /// Tokens for all genes but the last two, of which one has a token without a median.
  static func vocabulary() throws -> RankVocabulary {
    var (tokens, medians): ([String: Int], [String: Double]) = (["<pad>": 0, "<mask>": 1], [:])
    for gene in 0..<(genes - 2) {
      tokens[ensembl(gene)] = gene + 2
      medians[ensembl(gene)] = 1 + Double(gene % 5)
    }
    tokens[ensembl(genes - 2)] = genes
    return try RankVocabulary(tokens: tokens, medians: medians, tokenPath: "tokens", medianPath: "medians")
  }

  static func model(seed: UInt64 = 5) throws -> RankModel {
    var random = SeededRandom(seed: seed)
    let configuration = EncoderConfiguration(
      hiddenSize: 8, layers: 2, heads: 2, intermediateSize: 12, positions: 30, vocabularySize: 40)
    var tensors: [String: Safetensor] = [:]
    for (name, shape) in EncoderWeights.shapes(configuration) {
      tensors[name] = Safetensor(shape: shape, (0..<shape.reduce(1, *)).map { _ in 0.3 * random.normal() })
    }
    return RankModel(
      name: "small", weights: EncoderWeights(configuration, tensors: tensors), vocabulary: try vocabulary())
  }
}
