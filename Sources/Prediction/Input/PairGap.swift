/// Why a pair with a response cannot be used.
package enum PairGap: String, Sendable, Codable, CaseIterable {
  /// Its sample is none of the store's.
  case unknownSample = "sample without expression"
  /// Its drug has no embedding, for want of a molecule.
  case unknownDrug = "drug without embedding"
  /// It has no label.
  case unlabelled = "no label"
  /// Its sample has no tissue, where folds are dealt by tissues.
  case unknownTissue = "sample without tissue"
}
