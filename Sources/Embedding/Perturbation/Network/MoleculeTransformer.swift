import Networks

/// The Molecule Attention Transformer (Maziarka et al. 2020) as CSG2A has it: self-attention whose weights are mixed
/// with exp(-distance) and with adjacency.
///
/// Molecules have no padding: their nodes stand one behind the other, and attention goes molecule by molecule.
package struct MoleculeTransformer {
  package struct Shape: Sendable, Equatable, Codable {
    package var width: Int
    package var layers: Int
    package var heads: Int

    package init(width: Int, layers: Int, heads: Int) {
      precondition(heads > 0 && width % heads == 0, "\(heads) heads for a width of \(width)")
      (self.width, self.layers, self.heads) = (width, layers, heads)
    }
  }

  private struct Layer {
    let attentionNorm: MoleculeNorm
    let forwardNorm: MoleculeNorm
    /// Query, key, value, and what is made of the heads.
    let attention: [Linear]
    let forward: Linear

    var parameters: [Parameter] {
      attention.flatMap(\.parameters) + forward.parameters + attentionNorm.parameters + forwardNorm.parameters
    }
  }

  package let shape: Shape
  private let embedding: Linear
  private let layers: [Layer]
  private let norm: MoleculeNorm

  package init(_ name: String, _ shape: Shape, pool: BufferPool, using generator: inout some RandomNumberGenerator) {
    func square(_ name: String) -> Linear {
      Linear(name, inputs: shape.width, outputs: shape.width, pool: pool, using: &generator)
    }
    self.shape = shape
    embedding = Linear(
      "\(name).src_embed.lut", inputs: MoleculeNodes.features, outputs: shape.width, pool: pool, using: &generator)
    var layers: [Layer] = []
    for number in 0..<shape.layers {
      let layer = "\(name).encoder.layers.\(number)"
      layers.append(
        Layer(
          attentionNorm: MoleculeNorm("\(layer).sublayer.0.norm", width: shape.width, pool: pool),
          forwardNorm: MoleculeNorm("\(layer).sublayer.1.norm", width: shape.width, pool: pool),
          attention: (0..<4).map { square("\(layer).self_attn.linears.\($0)") },
          forward: square("\(layer).feed_forward.linears.0")))
    }
    self.layers = layers
    norm = MoleculeNorm("\(name).encoder.norm", width: shape.width, pool: pool)
  }

  package var parameters: [Parameter] {
    embedding.parameters + layers.flatMap(\.parameters) + norm.parameters
  }

  /// All nodes of all molecules, nodes x width.
  package func nodes(of molecules: [MoleculeNodes], on tape: Tape) -> Variable {
    let count = molecules.map(\.count).reduce(0, +)
    var x = embedding(
      tape.constant(Tensor([count, MoleculeNodes.features], molecules.flatMap(\.features), pool: tape.pool)))
    let weights = molecules.map {
      tape.constant(Tensor([$0.count, $0.count], $0.fixedWeights, pool: tape.pool))
    }
    for layer in layers {
      x = x + attend(layer, layer.attentionNorm(x, on: tape), weights)
      x = x + layer.forward(layer.forwardNorm(x, on: tape)).rectified(slope: 0.1)
    }
    return norm(x, on: tape)
  }

  /// The mean over the nodes of each molecule, its dummy node included: molecules x width.
  package func callAsFunction(_ molecules: [MoleculeNodes], on tape: Tape) -> Variable {
    let nodes = nodes(of: molecules, on: tape)
    let shares = Tensor([molecules.count, nodes.value.rows], repeating: 0, pool: tape.pool)
    var first = 0
    for (row, molecule) in molecules.enumerated() {
      let start = shares.pointer + row * shares.columns + first
      start.update(repeating: 1 / Float(molecule.count), count: molecule.count)
      first += molecule.count
    }
    return tape.constant(shares).product(nodes)
  }

  /// `fixed`: the fixed weights of each molecule.
  private func attend(_ layer: Layer, _ x: Variable, _ fixed: [Variable]) -> Variable {
    let (query, key, value) = (layer.attention[0](x), layer.attention[1](x), layer.attention[2](x))
    var mixed: [Variable] = []
    var first = 0
    for weights in fixed {
      let rows = first..<first + weights.shape[0]
      let attention = heads(query, rows).product(heads(key, rows), transposesRight: true)
      let scale = 1 / Float(shape.width / shape.heads).squareRoot()
      let shares = attention.scaled(by: scale).softmax().scaled(by: MoleculeNodes.attentionShare) + weights
      mixed.append(shares.product(heads(value, rows)).transposed(0, 1).reshaped([rows.count, shape.width]))
      first = rows.upperBound
    }
    return layer.attention[3](mixed.count == 1 ? mixed[0] : Variable.concatenated(mixed, axis: 0))
  }

  /// Some rows, cut into heads: heads x rows x (width / heads).
  private func heads(_ x: Variable, _ rows: Range<Int>) -> Variable {
    x.slice(rows, axis: 0).reshaped([rows.count, shape.heads, shape.width / shape.heads]).transposed(0, 1)
  }
}
