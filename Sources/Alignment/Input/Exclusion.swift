/// Why a sample takes no part in training.
package enum Exclusion: String, Sendable, CaseIterable {
  /// Its column of tissues is blank.
  case noTissue = "its tissue is not known"
  /// The tissue map drops its word.
  case droppedWord = "the tissue map drops its word"
  /// The run is of one tissue, and it is of another.
  case otherTissue = "it is not of the tissue that the run is of"
  /// It is a patient of a tissue that no cell line is from.
  case notInSource = "no cell line is of its tissue"
  /// It is a patient whom the rule on training keeps for later.
  case heldOut = "the rule on training holds it out"
}
