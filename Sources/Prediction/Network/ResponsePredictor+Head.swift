import Networks

extension ResponsePredictor {
  /// The layers from the branches' results to one number.
  package struct Head {
    /// Linear layers from the first to the last, which has one output.
    package let layers: [Linear]
    /// Behind the first layer of a reference head.
    package let norm: BatchNorm?
    private let dropout: Dropout?

    init(
      _ shape: Shape, dropout: Float, pool: BufferPool, using generator: inout some RandomNumberGenerator
    ) {
      let widths = [shape.branches.count * shape.width] + shape.hidden + [1]
      var layers: [Linear] = []
      for (layer, place) in shape.head.places.enumerated() {
        layers.append(
          Linear(
            "predictor.pred_head.\(place)", inputs: widths[layer], outputs: widths[layer + 1], pool: pool,
            using: &generator))
      }
      self.layers = layers
      switch shape.head {
      case .paper: (norm, self.dropout) = (nil, nil)
      case .reference:
        norm = BatchNorm("predictor.pred_head.1", width: shape.hidden[0], pool: pool)
        self.dropout = Dropout(rate: dropout)
      }
    }

    package var parameters: [Parameter] {
      layers[0].parameters + (norm?.parameters ?? []) + layers.dropFirst().flatMap(\.parameters)
    }

    package var buffers: [Buffer] { norm?.buffers ?? [] }

    /// Pairs x columns of the branches to one number a pair.
    func callAsFunction(_ x: Variable, _ pass: inout Pass) -> Variable {
      var x = x
      for (place, layer) in layers.dropLast().enumerated() {
        x = layer(x)
        if place == 0, let norm { x = norm(x, pass) }
        x = dropout?(rectifying: x, &pass) ?? x.rectified()
      }
      let logits = layers[layers.count - 1](x)
      return logits.reshaped([logits.value.rows])
    }
  }
}

extension PredictorHead {
  /// Numbers of the Linear layers in PyTorch's `Sequential`, which counts ReLU, BatchNorm and Dropout too.
  fileprivate var places: [Int] {
    switch self {
    case .paper: [0, 2]
    case .reference: [0, 4, 7]
    }
  }
}
