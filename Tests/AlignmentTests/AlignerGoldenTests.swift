import Foundation
import HDF5
import Matrices
import Networks
import Randomness
import Testing

@testable import Alignment

/// Figures of PyTorch 2.13 in double precision (29 genes, 37 cell lines, 24 patients, 5 tissues, latent 16), rounded to
/// single precision. Both presets divide the scores by the root of the latent's size and average the losses there.
@Suite("Aligner against PyTorch")
struct AlignerGoldenTests {
  @Test("gives PyTorch's losses and outputs", arguments: ["paper", "reference"], [1, 2])
  func outputs(preset: String, lanes: Int) throws {
    let golden = try Golden(preset, lanes: lanes)
    let pass = golden.pass()
    for (term, value) in pass.terms {
      let expected = try golden.values("losses/\(term.rawValue)")[0]
      #expect(abs(value.value.scalar - expected) <= 1e-5 * abs(expected), "\(term)")
    }
    let total = try golden.values("losses/total")[0]
    #expect(abs(pass.total.value.scalar - total) <= 1e-5 * abs(total))
    let outputs: [(String, Variable)] = [
      ("source_latent", pass.source.latent), ("source_reconstruction", pass.source.reconstruction),
      ("weights", pass.target.weights), ("target_latent", pass.target.latent),
      ("aligned_expression", pass.target.aligned), ("target_reconstruction", pass.target.reconstruction),
    ]
    for (name, output) in outputs {
      let expected = try golden.values("outputs/\(name)")
      #expect(output.value.values.distance(to: expected) <= 1e-5, "\(name)")
    }
  }

  @Test("gives PyTorch's gradients", arguments: ["paper", "reference"])
  func gradients(preset: String) throws {
    let golden = try Golden(preset, lanes: 2)
    let gradients = golden.tape.gradients(of: golden.pass().total, by: golden.aligner.parameters)
    for (parameter, gradient) in zip(golden.aligner.parameters, gradients) {
      let gradient = try #require(gradient, "\(parameter.name)")
      let expected = try golden.values("gradients/\(parameter.name)")
      #expect(gradient.values.distance(to: expected) <= 1e-4, "\(parameter.name)")
    }
  }

  @Test("gives PyTorch's parameters after three steps of Adam", arguments: ["paper", "reference"])
  func adam(preset: String) throws {
    let golden = try Golden(preset, lanes: 2)
    var adam = Adam(golden.aligner.parameters, pool: golden.pool)
    for _ in 0..<3 {
      let gradients = golden.tape.gradients(of: golden.pass().total, by: adam.parameters)
      adam.step(gradients, learningRate: 1e-3, lanes: golden.lanes)
    }
    for parameter in adam.parameters {
      let expected = try golden.values("after_3_adam_steps/\(parameter.name)")
      let worst = zip(parameter.value.values, expected).map { abs($0 - $1) }.max() ?? 0
      #expect(worst <= 1e-5, "\(parameter.name): \(worst)")
    }
    let total = try golden.values("total_loss_after_3_steps")[0]
    #expect(abs(golden.pass().total.value.scalar - total) <= 1e-5 * abs(total))
  }
}

extension [Float] {
  /// The largest difference, by the largest of the expected numbers.
  fileprivate func distance(to expected: [Float]) -> Float {
    guard count == expected.count else { return .infinity }
    let largest = expected.map(abs).max() ?? 0
    return (zip(self, expected).map { abs($0 - $1) }.max() ?? 0) / largest
  }
}

private struct Golden {
  let preset: String
  let root: HDF5Group
  let lanes: Lanes
  let pool = BufferPool()
  let tape: Tape
  let aligner: Aligner
  let objective: AlignerObjective
  let source: AlignerObjective.Batch
  let target: AlignerObjective.Batch

  init(_ preset: String, lanes count: Int) throws {
    self.preset = preset
    let path = try #require(Bundle.module.path(forResource: "Fixtures/aligner", ofType: "h5"))
    root = try HDF5File.open(path).root
    lanes = Lanes(count)
    tape = Tape(lanes: lanes, pool: pool)
    var generator = SeededRandom(seed: 0)
    aligner = Aligner(.init(genes: 29, tissues: 5, latent: 16), pool: pool, using: &generator)
    for parameter in aligner.parameters { try Golden.fill(parameter, from: root, "initial/\(parameter.name)") }
    try Golden.fill(aligner.centers, from: root, "inputs/centers")
    objective = AlignerObjective(
      reconstruction: 0.2, classification: preset == "paper" ? 0.8 : 0.4, center: preset == "paper" ? 0.4 : 0.8,
      averagesGenes: true, averagesCenters: true, scalesScores: true)
    source = try Golden.batch("source", rows: 37, root, pool)
    target = try Golden.batch("target", rows: 24, root, pool)
  }

  func pass() -> AlignerObjective.Pass {
    tape.reset()
    return objective.run(aligner, source: source, target: target, on: tape)
  }

  func values(_ name: String) throws -> [Float] { try root.dataset("\(preset)/\(name)").read(as: Float.self) }

  private static func batch(
    _ domain: String, rows: Int, _ root: HDF5Group, _ pool: BufferPool
  ) throws -> AlignerObjective.Batch {
    let x = try root.dataset("inputs/\(domain)_x").read(as: Float.self)
    let labels = try root.dataset("inputs/\(domain)_label").read(as: Int32.self)
    return .init(x: Tensor([rows, 29], x, pool: pool), tissues: labels.map(Int.init))
  }

  private static func fill(_ parameter: Parameter, from root: HDF5Group, _ name: String) throws {
    let values = try root.dataset(name).read(as: Float.self)
    #expect(values.count == parameter.value.count, "\(parameter.name)")
    for (index, value) in values.enumerated() { parameter.value.pointer[index] = value }
  }
}
