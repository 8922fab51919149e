import Matrices
import Networks
import Randomness
import Testing

@testable import Embedding

@Suite("Perturbation network against PyTorch")
struct PerturbationNetworkTests {
  // Single precision through two layers of attention and five normalisations keeps five digits.
  private static let tolerance: Float = 1e-5

  /// What changes nothing, so that its gradient is 0 but for rounding: the bias of a key adds the same to all scores of
  /// a query, and what is added to every molecule alike goes with the means of the batch normalisation.
  private static let withoutGradient = [
    "self_attn.linears.1.bias", "MAT.encoder.norm.b_2", "dose_enc.bias", "time_enc.bias",
  ]

  @Test("gives PyTorch's outputs in evaluation", arguments: [1, 2])
  func evaluation(lanes: Int) throws {
    let golden = try PerturbationGolden(lanes: lanes)
    let tape = Tape(isRecording: false, lanes: golden.lanes, pool: golden.pool)
    let (compounds, perturbed) = try golden.run(.evaluation, on: tape)
    #expect(compounds.value.values.distance(to: try golden.values("eval_compound")) <= Self.tolerance)
    #expect(perturbed.value.values.distance(to: try golden.values("eval_perturbed")) <= Self.tolerance)
  }

  @Test("gives PyTorch's vectors of atoms, with no padding computed")
  func nodes() throws {
    let golden = try PerturbationGolden()
    let tape = Tape(isRecording: false, lanes: golden.lanes, pool: golden.pool)
    var random = SeededRandom(seed: 1)
    let transformer = MoleculeTransformer(
      "CCE.MAT", PerturbationGolden.shape.transformer, pool: golden.pool, using: &random)
    for parameter in transformer.parameters {
      parameter.value.fill(try golden.values("initial/csg2a.\(parameter.name)"))
    }
    let molecules = try golden.molecules
    let nodes = transformer.nodes(of: molecules, on: tape).value
    let expected = try golden.tensor("eval_mat_atoms")
    let (padded, width) = (expected.shape[1], expected.shape[2])
    let real = molecules.enumerated().flatMap { drug, molecule in
      (0..<molecule.count * width).map { expected.pointer[drug * padded * width + $0] }
    }
    #expect(nodes.values.distance(to: real) <= Self.tolerance)
  }

  @Test("gives PyTorch's outputs, loss and running means in training", arguments: [1, 2])
  func training(lanes: Int) throws {
    let golden = try PerturbationGolden(lanes: lanes)
    let tape = Tape(lanes: golden.lanes, pool: golden.pool)
    let (compounds, perturbed) = try golden.run(.training(SeededRandom(seed: 1)), on: tape)
    #expect(compounds.value.values.distance(to: try golden.values("train_compound")) <= Self.tolerance)
    #expect(perturbed.value.values.distance(to: try golden.values("train_perturbed")) <= Self.tolerance)
    let loss = perturbed.meanSquaredError(to: tape.constant(try golden.tensor("inputs/target"))).value.scalar
    let expected = try golden.values("loss")[0]
    #expect(abs(loss - expected) <= Self.tolerance * expected)
  }

  @Test("gives PyTorch's gradients", arguments: [1, 2])
  func gradients(lanes: Int) throws {
    let golden = try PerturbationGolden(lanes: lanes)
    let tape = Tape(lanes: golden.lanes, pool: golden.pool)
    let (_, perturbed) = try golden.run(.training(SeededRandom(seed: 1)), on: tape)
    let loss = perturbed.meanSquaredError(to: tape.constant(try golden.tensor("inputs/target")))
    let gradients = tape.gradients(of: loss, by: golden.network.parameters)
    for (parameter, gradient) in zip(golden.network.parameters, gradients) {
      let gradient = try #require(gradient, "\(parameter.name)")
      let expected = try golden.values("gradients/csg2a.\(parameter.name)")
      if Self.withoutGradient.contains(where: { parameter.name.hasSuffix($0) }) {
        #expect(gradient.values.allSatisfy { abs($0) <= 1e-6 } && expected.allSatisfy { abs($0) <= 1e-6 })
      } else {
        #expect(gradient.values.distance(to: expected) <= 1e-4, "\(parameter.name)")
      }
    }
  }
}
