import Matrices
import Networks

/// One layer of the encoder with its weights.
struct EncoderLayer {
  private let configuration: EncoderConfiguration
  /// Weights of queries, keys and values one below the other, 3 widths x width.
  private let projection: Tensor
  private let projectionBias: Tensor
  private let output: Tensor
  private let outputBias: Tensor
  private let attentionNorm: (scale: Tensor, shift: Tensor)
  private let inner: Tensor
  private let innerBias: Tensor
  private let outer: Tensor
  private let outerBias: Tensor
  private let outputNorm: (scale: Tensor, shift: Tensor)

  init(_ weights: EncoderWeights, number: Int, pool: BufferPool) {
    func tensor(_ names: String...) -> Tensor {
      weights.tensor(names.map { "bert.encoder.layer.\(number).\($0)" }, pool: pool)
    }
    configuration = weights.configuration
    let (query, key, value) = ("attention.self.query", "attention.self.key", "attention.self.value")
    projection = tensor("\(query).weight", "\(key).weight", "\(value).weight")
    projectionBias = tensor("\(query).bias", "\(key).bias", "\(value).bias")
    output = tensor("attention.output.dense.weight")
    outputBias = tensor("attention.output.dense.bias")
    attentionNorm = (tensor("attention.output.LayerNorm.weight"), tensor("attention.output.LayerNorm.bias"))
    inner = tensor("intermediate.dense.weight")
    innerBias = tensor("intermediate.dense.bias")
    outer = tensor("output.dense.weight")
    outerBias = tensor("output.dense.bias")
    outputNorm = (tensor("output.LayerNorm.weight"), tensor("output.LayerNorm.bias"))
  }

  /// Takes the state in the workspace through the layer, in place.
  func run(rows: Int, in workspace: EncoderWorkspace) {
    attend(rows, workspace)
    for start in stride(from: 0, to: rows, by: EncoderWorkspace.block) {
      finish(start..<min(rows, start + EncoderWorkspace.block), workspace)
    }
  }

  private func attend(_ rows: Int, _ workspace: EncoderWorkspace) {
    let width = configuration.hiddenSize
    let projections = workspace.projections.pointer
    // By blocks, as the bias then finds its rows in the cache.
    for start in stride(from: 0, to: rows, by: EncoderWorkspace.block) {
      let count = min(EncoderWorkspace.block, rows - start)
      let part = projections + start * 3 * width
      multiply(workspace.hidden.pointer + start * width, projection, into: part, rows: count)
      BiasedActivation.identity.run(part, bias: projectionBias.pointer, rows: count, columns: 3 * width)
    }
    let head = AttentionHead(
      tokens: rows, width: width / configuration.heads, stride: 3 * width, resultStride: width)
    for number in 0..<configuration.heads {
      let start = projections + number * head.width
      head.run(
        query: start, key: start + width, value: start + 2 * width,
        into: workspace.context.pointer + number * head.width, scratch: workspace.scores.pointer)
    }
  }

  private func finish(_ rows: Range<Int>, _ workspace: EncoderWorkspace) {
    let (width, count) = (configuration.hiddenSize, rows.count)
    let state = workspace.hidden.pointer + rows.lowerBound * width
    let (half, other) = (workspace.half.pointer, workspace.half2.pointer)
    let norm = ResidualNormalization(rows: count, columns: width, epsilon: Float(configuration.epsilon))
    multiply(workspace.context.pointer + rows.lowerBound * width, output, into: half, rows: count)
    norm.run(
      half, bias: outputBias.pointer, residual: state, scale: attentionNorm.scale.pointer,
      shift: attentionNorm.shift.pointer, into: half)
    let between = workspace.inner.pointer
    multiply(half, inner, into: between, rows: count)
    configuration.activation.kernel.run(
      between, bias: innerBias.pointer, rows: count, columns: configuration.intermediateSize)
    multiply(between, outer, into: other, rows: count)
    norm.run(
      other, bias: outerBias.pointer, residual: half, scale: outputNorm.scale.pointer,
      shift: outputNorm.shift.pointer, into: state)
  }

  private func multiply(
    _ x: UnsafePointer<Float>, _ weight: Tensor, into out: UnsafeMutablePointer<Float>, rows: Int
  ) { StridedProduct(linear: weight, rows: rows).run(x, weight.pointer, into: out) }
}

extension StridedProduct {
  /// The product of rows with a weight that is stored outputs x inputs.
  init(linear weight: Tensor, rows: Int) {
    let (outputs, inputs) = (weight.shape[0], weight.shape[1])
    self.init(
      rows: rows, columns: outputs, depth: inputs, leftStride: inputs, rightStride: inputs, resultStride: outputs,
      transposesRight: true)
  }
}

extension EncoderConfiguration.Activation {
  var kernel: BiasedActivation {
    switch self {
    case .relu: .rectifier
    case .gelu: .gelu
    }
  }
}

extension EncoderWeights {
  /// Tensors of one width one below the other.
  func tensor(_ names: [String], pool: BufferPool) -> Tensor {
    var (values, rows, rest): ([Float], Int, [Int]) = ([], 0, [])
    for name in names {
      guard let tensor = tensors[name], case .floats(let floats) = tensor.values else {
        preconditionFailure("no tensor \(name)")
      }
      values += floats
      rows += tensor.shape[0]
      rest = Array(tensor.shape.dropFirst())
    }
    return Tensor([rows] + rest, values, pool: pool)
  }
}
