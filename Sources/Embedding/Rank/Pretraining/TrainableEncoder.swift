import Formats
import Networks
import Randomness

/// The encoder of `RankEncoder` on a tape, to be trained.
struct TrainableEncoder {
  let configuration: EncoderConfiguration
  /// By the names of transformers' `BertForMaskedLM`.
  private let byName: [String: Parameter]
  let parameters: [Parameter]

  /// Weights are drawn normally with a deviation of 0.02, as BERT's are.
  init(_ configuration: EncoderConfiguration, pool: BufferPool, using random: inout SeededRandom) {
    self.configuration = configuration
    var parameters: [Parameter] = []
    for (name, shape) in EncoderWeights.shapes(configuration) + EncoderWeights.headShapes(configuration) {
      let value: Tensor
      if name.hasSuffix("bias") || name.contains("token_type") {
        value = Tensor(shape, repeating: 0, pool: pool)
      } else if name.contains("LayerNorm") {
        value = Tensor(shape, repeating: 1, pool: pool)
      } else {
        value = Tensor(shape, (0..<shape.reduce(1, *)).map { _ in 0.02 * random.normal() }, pool: pool)
      }
      parameters.append(Parameter(name, value))
    }
    self.parameters = parameters
    byName = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0) })
  }

  /// The mean loss of the places to predict, over sequences of one length.
  func loss(of batch: [MaskedSequence], on tape: Tape) -> Variable {
    let length = batch.first?.tokens.count ?? 0
    precondition(batch.allSatisfy { $0.tokens.count == length }, "sequences of several lengths in a batch")
    var x = weight("bert.embeddings.word_embeddings.weight", tape).gathered(batch.flatMap(\.tokens))
    let places = batch.flatMap { _ in 0..<length }
    x = x + weight("bert.embeddings.position_embeddings.weight", tape).gathered(places)
    x = x + weight("bert.embeddings.token_type_embeddings.weight", tape).gathered(places.map { _ in 0 })
    x = norm("bert.embeddings.LayerNorm", x)
    for layer in 0..<configuration.layers {
      x = run("bert.encoder.layer.\(layer)", x, sequences: batch.count, length: length)
    }
    let rows = batch.enumerated().flatMap { index, sequence in sequence.places.map { index * length + $0 } }
    return predict(x.gathered(rows)).crossEntropy(batch.flatMap(\.labels))
  }

  private func run(_ name: String, _ x: Variable, sequences: Int, length: Int) -> Variable {
    let (heads, width) = (configuration.heads, configuration.hiddenSize)
    func split(_ part: String) -> Variable {
      linear("\(name).attention.self.\(part)", x)
        .reshaped([sequences, length, heads, width / heads]).permuted([0, 2, 1, 3])
    }
    let scale = 1 / Float(width / heads).squareRoot()
    let weights = split("query").product(split("key"), transposesRight: true).scaled(by: scale).softmax()
    let context = weights.product(split("value")).permuted([0, 2, 1, 3]).reshaped([sequences * length, width])
    let half = norm("\(name).attention.output.LayerNorm", x + linear("\(name).attention.output.dense", context))
    let inner = linear("\(name).intermediate.dense", half).rectified()
    return norm("\(name).output.LayerNorm", half + linear("\(name).output.dense", inner))
  }

  private func predict(_ x: Variable) -> Variable {
    let state = norm(
      "cls.predictions.transform.LayerNorm", linear("cls.predictions.transform.dense", x).rectified())
    return state.linear(
      weight("bert.embeddings.word_embeddings.weight", x.tape), weight("cls.predictions.bias", x.tape))
  }

  private func linear(_ name: String, _ x: Variable) -> Variable {
    x.linear(weight("\(name).weight", x.tape), weight("\(name).bias", x.tape))
  }

  private func norm(_ name: String, _ x: Variable) -> Variable {
    x.layerNormalized(scale: weight("\(name).weight", x.tape), shift: weight("\(name).bias", x.tape))
  }

  private func weight(_ name: String, _ tape: Tape) -> Variable {
    guard let parameter = byName[name] else { preconditionFailure("no parameter \(name)") }
    return tape.variable(parameter)
  }

  /// The weights as they are now.
  var weights: EncoderWeights {
    EncoderWeights(
      configuration,
      tensors: Dictionary(
        uniqueKeysWithValues: parameters.map { ($0.name, Safetensor(shape: $0.value.shape, $0.value.values)) }))
  }
}
