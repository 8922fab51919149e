import Glibc

/// A molecule as the transformer computes with it: the dummy node first, then the atoms.
package struct MoleculeNodes: Sendable, Equatable {
  package let count: Int
  /// Nodes x `features`.
  let features: [Float]
  /// Nodes x nodes: the part of each layer's weights that is the molecule's alone.
  let fixedWeights: [Float]

  /// Features of a node.
  package static let features = 28

  /// Shares of the three parts of the weights: attention, exp(-distance), adjacency (0.33, 0.33 and the rest; MAT with
  /// the settings of CSG2A).
  static let attentionShare: Float = 0.33
  private static let distanceShare: Float = 0.33
  private static let adjacencyShare: Float = 1 - attentionShare - distanceShare

  /// `features`: nodes x 28; `adjacency`, with self-links, and `distances` in angstrom: nodes x nodes.
  package init(features: [Float], adjacency: [Float], distances: [Float]) {
    let count = features.count / Self.features
    precondition(
      features.count == count * Self.features && adjacency.count == count * count && distances.count == count * count,
      "\(features.count) features, \(adjacency.count) links and \(distances.count) distances make no molecule")
    (self.count, self.features) = (count, features)
    var weights = [Float](repeating: 0, count: count * count)
    for row in 0..<count {
      let places = row * count..<(row + 1) * count
      // The dummy node has no links: the small term keeps its row at 0.
      let links = adjacency[places].reduce(0, +) + 1e-6
      for place in places {
        weights[place] = Self.distanceShare * exp(-distances[place]) + Self.adjacencyShare * adjacency[place] / links
      }
    }
    fixedWeights = weights
  }
}
