import Formats
import Matrices
import Networks
import Randomness
import Testing

@testable import Embedding

/// Single precision against transformers in double precision: 1e-5 of the largest number, about a hundred roundings.
@Suite("Rank encoder")
struct RankEncoderTests {
  private static let files = ["model.safetensors", "pytorch_model.bin"]

  @Test("gives the states, means and logits of transformers 5.23", arguments: files)
  func golden(file: String) throws {
    let golden = try Golden()
    let encoder = RankEncoder(try golden.weights(file), lanes: Lanes(1))
    let sequences = try golden.sequences()
    for (index, sequence) in sequences.enumerated() {
      for (layer, state) in encoder.hiddenStates(of: sequence).enumerated() {
        #expect(try state.distance(to: golden.rows("hidden_states/\(layer)", of: index)) <= 1e-5)
      }
      let logits = try #require(encoder.logits(of: sequence))
      #expect(try logits.distance(to: golden.rows("mlm_logits", of: index)) <= 1e-5)
    }
    for (layer, name) in [(RankLayer.last, "last"), (.secondToLast, "second_to_last")] {
      let means = encoder.means(of: sequences, layer: layer)
      #expect(try means.distance(to: golden.doubles("mean_pooled/\(name)")) <= 1e-5)
    }
  }

  @Test("has one fingerprint in both formats")
  func fingerprint() throws {
    let golden = try Golden()
    let sums = try Self.files.map { try golden.weights($0).fingerprint }
    #expect(sums[0] == sums[1])
  }

  @Test("gives a sample the same bits on one lane and two, alone and among others")
  func bits() throws {
    var random = SeededRandom(seed: 3)
    for activation in [EncoderConfiguration.Activation.relu, .gelu] {
      let weights = Self.randomWeights(activation, using: &random)
      let sequences = [150, 1, 130, 7, 200, 33].map { length in random.permutation(200).prefix(length).map { $0 } }
      let two = RankEncoder(weights, lanes: Lanes(2)).means(of: sequences, layer: .last)
      let encoder = RankEncoder(weights, lanes: Lanes(1))
      #expect(encoder.means(of: sequences, layer: .last) == two)
      #expect(sequences.reversed().flatMap { encoder.means(of: [$0], layer: .last) }.count == two.count)
      for (index, sequence) in sequences.enumerated() {
        let width = weights.configuration.hiddenSize
        #expect(encoder.means(of: [sequence], layer: .last) == Array(two[(index * width)..<((index + 1) * width)]))
      }
    }
  }

  @Test("leaves special tokens out of the mean")
  func specials() throws {
    let golden = try Golden()
    let encoder = RankEncoder(try golden.weights("model.safetensors"), lanes: Lanes(1))
    let sequence = try golden.sequences()[0]
    let states = try #require(encoder.hiddenStates(of: sequence).last)
    let inner = states.dropFirst(32).dropLast(32)
    let mean = (0..<32).map { column in
      stride(from: column, to: inner.count, by: 32).reduce(0.0) { $0 + Double(inner[inner.startIndex + $1]) }
        / Double(sequence.count - 2)
    }
    let found = encoder.means(of: [sequence], layer: .last, specials: (1, 1))
    // The same sums, rounded once.
    #expect(found.distance(to: mean) <= 1e-6)
  }

  static func randomWeights(
    _ activation: EncoderConfiguration.Activation, using random: inout SeededRandom
  ) -> EncoderWeights {
    let configuration = EncoderConfiguration(
      hiddenSize: 24, layers: 2, heads: 3, intermediateSize: 40, activation: activation, positions: 256,
      vocabularySize: 200)
    var tensors: [String: Safetensor] = [:]
    for (name, shape) in EncoderWeights.shapes(configuration) {
      tensors[name] = Safetensor(shape: shape, (0..<shape.reduce(1, *)).map { _ in 0.3 * random.normal() })
    }
    return EncoderWeights(configuration, tensors: tensors)
  }
}
