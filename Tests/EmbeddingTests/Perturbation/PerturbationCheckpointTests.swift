import Formats
import Foundation
import Matrices
import Networks
import Randomness
import TestSupport
import Testing

@testable import Embedding

/// Checkpoints of PyTorch 2.13, taken behind the golden network's first pass in training.
@Suite("Perturbation checkpoints")
struct PerturbationCheckpointTests {
  static let layouts = ["csg2a.pt", "csg2a-legacy.pt", "csg2a.safetensors"]

  @Test("reads PyTorch's two layouts and safetensors as the network that was saved", arguments: layouts)
  func layout(name: String) throws {
    let golden = try PerturbationGolden()
    let training = Tape(isRecording: false, lanes: golden.lanes, pool: golden.pool)
    _ = try golden.run(.training(SeededRandom(seed: 1)), on: training)
    let file = try SafetensorsFile(readingState: try PerturbationGolden.fixture(name))
    let shape = try PerturbationNetwork.Shape(of: file, heads: 4)
    #expect(shape == PerturbationGolden.shape)
    let network = try PerturbationNetwork(file, shape, pool: golden.pool)
    func outputs(_ network: PerturbationNetwork) throws -> [Float] {
      let map = PerturbationMap(network, links: try golden.links, lanes: golden.lanes, pool: golden.pool)
      let compounds = zip(try golden.molecules, try golden.conditions).flatMap { map.compound($0, $1) }
      let parts = (map.samples(try golden.values("inputs/expression")), map.drugs(compounds))
      return compounds + map.perturbed(parts.0, parts.1, pairs: (0..<5).map { ($0, $0) }).values
    }
    // The running means are computed here in single precision, there in double.
    #expect(try outputs(network).distance(to: outputs(golden.network)) <= 1e-5)
    #expect(network.tensors["CCE.comp_proj.1.num_batches_tracked"]?.values == .integers([1]))
  }

  @Test("refuses a number of heads that the width does not go with")
  func heads() throws {
    let file = try SafetensorsFile(readingState: try PerturbationGolden.fixture("csg2a.pt"))
    let error = #expect(throws: EmbeddingError.self) { try PerturbationNetwork.Shape(of: file, heads: 5) }
    #expect(error?.kind == .checkpoint)
  }

  @Test("refuses a checkpoint that lacks a tensor, and names it")
  func missing() throws {
    var file = try SafetensorsFile(readingState: try PerturbationGolden.fixture("csg2a.safetensors"))
    file.tensors["feed_forward.3.weight"] = nil
    let error = #expect(throws: FormatError.self) {
      try PerturbationNetwork(file, PerturbationGolden.shape, pool: BufferPool())
    }
    #expect(error?.place?.description.contains("feed_forward.3.weight") == true)
  }

  @Test("refuses a pickle that holds no dictionary")
  func otherPickle() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("list.pt")
    try Data([0x80, 0x02, 0x5D, 0x2E]).write(to: URL(fileURLWithPath: path))
    #expect(throws: FormatError.self) { try SafetensorsFile(readingState: path) }
  }
}
