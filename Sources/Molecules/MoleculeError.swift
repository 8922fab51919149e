import Problems

/// Why a drug has no molecule graph.
package typealias MoleculeError = Fault<MoleculeFault>

/// The kinds of `MoleculeError`.
package enum MoleculeFault: FaultKind {
  /// The SMILES is empty.
  case empty
  /// The text is no SMILES, or describes what cannot be, such as a carbon with five bonds.
  case invalid
  /// More atoms than the limit allows.
  case tooLarge
  /// RDKit finds neither a conformer nor a drawing.
  case unplaced
  /// RDKit cannot be loaded.
  case unloadable
  /// Memory ran out.
  case outOfMemory

  package var origin: Origin { self == .unloadable || self == .outOfMemory ? .program : .input }
}
