import Problems

/// A drug's name and its SMILES, with where they were read.
package struct DrugStructure: Sendable, Equatable {
  package var name: String
  package var smiles: String
  package var place: Place?

  package init(name: String, smiles: String, at place: Place? = nil) {
    self.name = name
    self.smiles = smiles
    self.place = place
  }

  /// What errors call it; of a SMILES too long to read, the beginning.
  var wording: String {
    let width = 80
    let text = smiles.utf8.count > width ? smiles.prefix(width) + "..." : smiles[...]
    return "the SMILES of \(name) (\(text))"
  }

  /// Refuses what need not be shown to RDKit. SMILES is a language of printable ASCII without blanks.
  func checkText(largestAtomCount: Int) throws(MoleculeError) {
    // An atom rarely takes more: its symbol in brackets with chirality, hydrogens and charge.
    let bytesPerAtom = 8
    if smiles.isEmpty {
      throw MoleculeError(
        .empty, at: place, "the SMILES of \(name) is empty", remedy: "fill it in, or leave the drug out")
    }
    if let (position, byte) = smiles.utf8.enumerated().first(where: { !(0x21...0x7E).contains($0.element) }) {
      let character = byte < 0x80 ? "the character \(byte)" : "a character that is not ASCII"
      throw invalid("\(character) stands after \(position) characters", remedy: "give the SMILES alone, in plain ASCII")
    }
    let limit = bytesPerAtom * largestAtomCount
    if smiles.utf8.count > limit {
      throw tooLarge("is \(smiles.utf8.count) characters long", limit: "\(limit), for \(largestAtomCount) atoms,")
    }
  }

  func checkSize(_ atomCount: Int, largestAtomCount: Int) throws(MoleculeError) {
    if atomCount == 0 { throw invalid("it has no atoms") }
    if atomCount > largestAtomCount { throw tooLarge("has \(atomCount) atoms", limit: "\(largestAtomCount)") }
  }

  /// `reason` is RDKit's, without the SMILES that it repeats.
  func invalid(_ reason: String, remedy: String = "correct the SMILES, or leave the drug out") -> MoleculeError {
    var reason = reason[...]
    for repetition in [" while parsing: ", " for input: "] {
      if let range = reason.firstRange(of: repetition) { reason = reason[..<range.lowerBound] }
    }
    return MoleculeError(.invalid, at: place, "\(wording) is no molecule: \(reason)", remedy: remedy)
  }

  private func tooLarge(_ size: String, limit: String) -> MoleculeError {
    MoleculeError(
      .tooLarge, at: place, "\(wording) \(size); at most \(limit) are taken",
      remedy: "leave the drug out: the molecule transformer is for small molecules")
  }
}
