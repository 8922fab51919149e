import CRDKit
import Problems

/// A molecule as RDKit reads a SMILES: its atoms in the order of the SMILES, hydrogens only where they cannot be implied.
///
/// Several may be used at once, each by one thread.
package final class Molecule {
  package let drug: DrugStructure
  let atoms: [CRDKit_Atom]
  let bonds: [CRDKit_Bond]
  private let rdkit: CRDKit_Functions
  private let handle: OpaquePointer

  /// Reads the drug's SMILES; throws `MoleculeError` `.empty`, `.invalid`, `.tooLarge`
  /// or `.unloadable`.
  package init(_ drug: DrugStructure, largestAtomCount: Int = MoleculeSettings().largestAtomCount) throws(MoleculeError)
  {
    try drug.checkText(largestAtomCount: largestAtomCount)
    let rdkit = try RDKitLibrary.functions()
    guard let handle = rdkit.parse(drug.smiles) else {
      throw MoleculeError(.outOfMemory, at: drug.place, "memory ran out while \(drug.wording) was read")
    }
    self.drug = drug
    self.rdkit = rdkit
    self.handle = handle
    atoms = Self.copy(rdkit.atom_count(handle)) { rdkit.copy_atoms(handle, $0) }
    bonds = Self.copy(rdkit.bond_count(handle)) { rdkit.copy_bonds(handle, $0) }
    if let problem = rdkit.problem(handle) { throw drug.invalid(String(cString: problem)) }
    try drug.checkSize(atoms.count, largestAtomCount: largestAtomCount)
  }

  deinit { rdkit.destroy(handle) }

  private static func copy<Element>(_ count: Int32, _ fill: (UnsafeMutablePointer<Element>) -> Void) -> [Element] {
    Array(unsafeUninitializedCapacity: Int(count)) { buffer, filled in
      if let start = buffer.baseAddress { fill(start) }
      filled = Int(count)
    }
  }

  /// The SMILES that all ways of writing this molecule share, by RDKit's rules; throws `MoleculeError` `.invalid`.
  package func canonicalSMILES() throws(MoleculeError) -> String {
    guard let text = rdkit.canonical_smiles(handle) else { throw drug.invalid(problem) }
    return String(cString: text)
  }

  /// In how many parts, not bonded to each other, it falls: 2 or more for salts; throws `MoleculeError` `.invalid`.
  package func fragmentCount() throws(MoleculeError) -> Int {
    let count = rdkit.fragment_count(handle)
    guard count >= 0 else { throw drug.invalid(problem) }
    return Int(count)
  }

  /// Where its atoms are, atoms x 3 in angstrom: in a conformer, or in a drawing where there is none; throws
  /// `MoleculeError` `.unplaced`.
  func place(
    _ settings: MoleculeSettings
  ) throws(MoleculeError) -> (positions: [Double], coordinates: MoleculeGraph.Coordinates) {
    var positions = [Double](repeating: 0, count: atoms.count * 3)
    let embedding = CRDKit_Embedding(
      seed: settings.seed, attempts: UInt32(settings.attempts), relaxation_steps: UInt32(settings.relaxationSteps))
    if rdkit.embed(handle, embedding, &positions), positions.allSatisfy(\.isFinite) { return (positions, .embedded) }
    let reason = problem
    if rdkit.flatten(handle, &positions), positions.allSatisfy(\.isFinite) { return (positions, .planar(reason)) }
    throw MoleculeError(
      .unplaced, at: drug.place,
      "\(drug.wording) has neither a conformer (\(reason)) nor a drawing in the plane (\(problem))",
      remedy: "leave the drug out, or give another SMILES of it")
  }

  /// Why RDKit's last call failed.
  private var problem: String { rdkit.problem(handle).map { String(cString: $0) } ?? "its coordinates are not finite" }
}
