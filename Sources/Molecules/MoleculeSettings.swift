/// All that a molecule graph depends on beside its SMILES and RDKit's version.
package struct MoleculeSettings: Sendable, Hashable {
  /// Seed of the conformer, 0 or more.
  package let seed: Int32
  /// How many times a conformer is tried before the drawing stands in for it; 100 in CSG2A's published code.
  package let attempts: Int
  /// Most steps of the relaxation in the UFF force field; 200 is what that code leaves RDKit's Python interface to take.
  package let relaxationSteps: Int
  /// Most atoms, hydrogens not counted, that a molecule may have.
  package let largestAtomCount: Int

  package init(seed: Int32 = 42, attempts: Int = 100, relaxationSteps: Int = 200, largestAtomCount: Int = 256) {
    precondition(seed >= 0, "seed \(seed)")
    precondition(attempts > 0 && relaxationSteps >= 0, "attempts \(attempts), relaxation steps \(relaxationSteps)")
    precondition(largestAtomCount > 0, "largest atom count \(largestAtomCount)")
    self.seed = seed
    self.attempts = attempts
    self.relaxationSteps = relaxationSteps
    self.largestAtomCount = largestAtomCount
  }
}
