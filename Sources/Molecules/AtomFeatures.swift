import CRDKit

/// The 28 numbers, each 0 or 1, that the molecule transformer takes of a node.
///
/// Source: Maziarka et al. 2020, Molecule Attention Transformer (arXiv:2002.08264), table 1; the order of the columns
/// and what becomes of a value outside the classes are those of its published code, which CSG2A shares.
package enum AtomFeatures {
  package static let count = 28

  /// Boron, carbon, nitrogen, oxygen, fluorine, phosphorus, sulphur, chlorine, bromine, iodine.
  private static let elements: [Int32] = [5, 6, 7, 8, 9, 15, 16, 17, 35, 53]
  private static let charges: [Int32] = [-1, 0, 1]

  /// Column 0 is the dummy node's, which has nothing else.
  static let dummyNode: [Float] = [1] + [Float](repeating: 0, count: count - 1)

  static func row(of atom: CRDKit_Atom) -> [Float] {
    var row: [Float] = [0]
    // Columns 1 to 11; the last is for all other elements.
    row += oneHot(elements.firstIndex(of: atom.atomic_number) ?? elements.count, of: elements.count + 1)
    // Columns 12 to 17: 0 to 4 neighbours, 5 or more.
    row += oneHot(min(Int(atom.neighbours), 5), of: 6)
    // Columns 18 to 22: 0 to 3 hydrogens, 4 or more.
    row += oneHot(min(Int(atom.hydrogens), 4), of: 5)
    // Columns 23 to 25; every charge beyond one counts as +1, even a negative one.
    row += oneHot(charges.firstIndex(of: atom.charge) ?? charges.count - 1, of: charges.count)
    row += [atom.in_ring ? 1 : 0, atom.aromatic ? 1 : 0]
    return row
  }

  private static func oneHot(_ index: Int, of count: Int) -> [Float] { (0..<count).map { $0 == index ? 1 : 0 } }
}
