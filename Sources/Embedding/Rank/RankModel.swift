import Files
import Foundation
import Problems

/// A model that ranks genes: its configuration, weights and dictionaries, from one folder or two.
package struct RankModel: Sendable {
  /// Name of the folder.
  package let name: String
  package let weights: EncoderWeights
  package let vocabulary: RankVocabulary
  /// SHA-256 of weights, sizes and dictionaries, in hexadecimal digits.
  package let fingerprint: String

  package var configuration: EncoderConfiguration { weights.configuration }

  /// Reads a folder; the dictionaries may lie in another one.
  ///
  /// Throws `.modelFiles` for what is missing or there twice, `.model` and `.dictionary` where the parts do not fit, and
  /// `FormatError` for damaged files.
  package init(reading folder: String, dictionaries: String? = nil) throws {
    let files = try RankModelFolder(folder, dictionaries: dictionaries)
    let configuration = try EncoderConfiguration(reading: files.configuration)
    let vocabulary = try RankVocabulary(
      tokens: GeneDictionaryFile(files.tokens).integers(), medians: GeneDictionaryFile(files.medians).doubles(),
      successors: files.successors.map { try GeneDictionaryFile($0).strings() } ?? [:],
      symbols: files.symbols.map { try GeneDictionaryFile($0).strings() } ?? [:],
      tokenPath: files.tokens, medianPath: files.medians)
    guard vocabulary.largest < configuration.vocabularySize else {
      throw EmbeddingError(
        .model, at: Place(files.configuration, field: "vocab_size"),
        "is \(configuration.vocabularySize), but \(files.tokens) has tokens up to \(vocabulary.largest)",
        remedy: "take the model and the dictionaries of one version of Geneformer")
    }
    let weights = try EncoderWeights(reading: files.weights, configuration)
    self.init(name: URL(fileURLWithPath: folder).lastPathComponent, weights: weights, vocabulary: vocabulary)
  }

  package init(name: String, weights: EncoderWeights, vocabulary: RankVocabulary) {
    (self.name, self.weights, self.vocabulary) = (name, weights, vocabulary)
    let sizes = weights.configuration
    let text = """
      therapi-rank-model 1
      weights \(weights.fingerprint)
      vocabulary \(vocabulary.fingerprint)
      heads \(sizes.heads) activation \(sizes.activation.rawValue) epsilon \(sizes.epsilon)
      note \(sizes.note ?? "")

      """
    fingerprint = SHA256.hex(of: text.utf8)
  }
}
