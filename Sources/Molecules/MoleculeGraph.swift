import Problems

/// A molecule as the molecule transformer takes it: the dummy node first, then the atoms in the order of the SMILES.
package struct MoleculeGraph: Sendable, Equatable {
  /// Where distances were measured.
  package enum Coordinates: Sendable, Equatable {
    /// In a conformer: embedded and relaxed with hydrogens.
    case embedded
    /// In a drawing, because no conformer was found; why.
    case planar(String)
  }

  /// Distance to the dummy node, and of it to itself: so far that exp(-distance) is 0.
  package static let dummyDistance: Float = 1e6

  /// Atoms without hydrogens, and without the dummy node.
  package let atoms: Int
  /// nodes x 28, each 0 or 1: see `AtomFeatures`.
  package let features: [Float]
  /// nodes x nodes: 1 for atoms that are bonded, and for each atom with itself; 0 for the dummy node.
  package let adjacency: [Float]
  /// nodes x nodes, in angstrom.
  package let distances: [Float]
  package let coordinates: Coordinates

  /// The atoms and the dummy node.
  package var nodes: Int { atoms + 1 }

  /// Throws `MoleculeError` `.unplaced`. The same molecule and settings give the same bits.
  package init(of molecule: Molecule, settings: MoleculeSettings = MoleculeSettings()) throws(MoleculeError) {
    let (positions, coordinates) = try molecule.place(settings)
    atoms = molecule.atoms.count
    features = molecule.atoms.reduce(into: AtomFeatures.dummyNode) { $0 += AtomFeatures.row(of: $1) }
    adjacency = Self.adjacency(of: molecule)
    distances = Self.distances(between: positions)
    self.coordinates = coordinates
  }

  private static func adjacency(of molecule: Molecule) -> [Float] {
    let nodes = molecule.atoms.count + 1
    var adjacency = [Float](repeating: 0, count: nodes * nodes)
    for atom in 1..<nodes { adjacency[atom * nodes + atom] = 1 }
    for bond in molecule.bonds {
      let (begin, end) = (Int(bond.begin) + 1, Int(bond.end) + 1)
      adjacency[begin * nodes + end] = 1
      adjacency[end * nodes + begin] = 1
    }
    return adjacency
  }

  /// `positions` is atoms x 3.
  private static func distances(between positions: [Double]) -> [Float] {
    let nodes = positions.count / 3 + 1
    var distances = [Float](repeating: dummyDistance, count: nodes * nodes)
    for first in 1..<nodes {
      for second in 1...first {
        var square = 0.0
        for axis in 0..<3 {
          let difference = positions[(first - 1) * 3 + axis] - positions[(second - 1) * 3 + axis]
          square += difference * difference
        }
        distances[first * nodes + second] = Float(square.squareRoot())
        distances[second * nodes + first] = Float(square.squareRoot())
      }
    }
    return distances
  }
}
