import Matrices
import Networks
import Synchronization

/// A BERT encoder for inference: token, position and type embeddings, then layers of attention and a feed-forward part,
/// each with a residual and a LayerNorm behind it (Devlin et al. 2019; Vaswani et al. 2017).
///
/// Each sequence goes through alone, at its own length: nothing is padded, its result does not depend on the others,
/// and two lanes that take sequences in turn give the bits of one.
package final class RankEncoder {
  package let configuration: EncoderConfiguration
  private let embeddings: EmbeddingTables
  private let layers: [EncoderLayer]
  private let head: EncoderHead?
  private let lanes: Lanes
  private var workspaces: [EncoderWorkspace]

  package init(_ weights: EncoderWeights, lanes: Lanes) {
    let pool = BufferPool()
    configuration = weights.configuration
    embeddings = EmbeddingTables(weights, pool: pool)
    layers = (0..<weights.configuration.layers).map { EncoderLayer(weights, number: $0, pool: pool) }
    head = weights.hasHead ? EncoderHead(weights, pool: pool) : nil
    self.lanes = lanes
    workspaces = (0..<2).map { _ in EncoderWorkspace(weights.configuration) }
  }

  /// The means over the tokens of a layer, one row a sequence, without the first and the last `specials` tokens.
  package func means(
    of sequences: [[Int]], layer: RankLayer, specials: (start: Int, end: Int) = (0, 0)
  ) -> [Float] {
    let (width, depth) = (configuration.hiddenSize, layer.depth(of: configuration.layers))
    let next = Atomic<Int>(0)
    return [Float](unsafeUninitializedCapacity: sequences.count * width) { buffer, filled in
      nonisolated(unsafe) let out = buffer
      lanes.fork(isWorthIt: sequences.count > 1) { lane in
        while case let index = next.wrappingAdd(1, ordering: .relaxed).oldValue, index < sequences.count {
          let hidden = run(sequences[index], depth: depth, in: workspaces[lane])
          let places = specials.start..<(sequences[index].count - specials.end)
          Self.mean(hidden, of: places, width: width, into: out, at: index * width)
        }
      }
      filled = sequences.count * width
    }
  }

  /// The states of a sequence after the embeddings and after each layer, tokens x width.
  package func hiddenStates(of tokens: [Int]) -> [[Float]] {
    (0...configuration.layers).map { depth in
      let hidden = run(tokens, depth: depth, in: workspaces[0])
      return Array(UnsafeBufferPointer(start: hidden, count: tokens.count * configuration.hiddenSize))
    }
  }

  /// The logits of each token in each place, tokens x vocabulary; nil where the weights have no head for it.
  package func logits(of tokens: [Int]) -> [Float]? {
    guard let head else { return nil }
    let hidden = run(tokens, depth: configuration.layers, in: workspaces[0])
    return head.logits(of: hidden, rows: tokens.count)
  }

  private func run(_ tokens: [Int], depth: Int, in workspace: EncoderWorkspace) -> UnsafeMutablePointer<Float> {
    precondition(!tokens.isEmpty && tokens.count <= configuration.positions, "a sequence of \(tokens.count) tokens")
    workspace.prepare(for: tokens.count)
    embeddings.run(tokens, into: workspace.hidden.pointer)
    for layer in layers.prefix(depth) { layer.run(rows: tokens.count, in: workspace) }
    return workspace.hidden.pointer
  }

  private static func mean(
    _ hidden: UnsafePointer<Float>, of places: Range<Int>, width: Int, into out: UnsafeMutableBufferPointer<Float>,
    at start: Int
  ) {
    for column in 0..<width {
      var sum = 0.0
      for place in places { sum += Double(hidden[place * width + column]) }
      out[start + column] = Float(sum / Double(places.count))
    }
  }
}
