import Foundation
import HDF5
import Matrices
import Networks
import Randomness
import Testing

@testable import Embedding

/// Figures of PyTorch 2.13 in double precision, rounded to single: 41 genes, hidden 8, a transformer of 2 layers x 32
/// with 4 heads, 5 drugs (graphs of RDKit 2026.9), dropout 0.
struct PerturbationGolden {
  static let shape = PerturbationNetwork.Shape(
    genes: 41, hidden: 8, transformer: .init(width: 32, layers: 2, heads: 4))

  static func fixture(_ name: String) throws -> String {
    try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil)).path
  }

  let root: HDF5Group
  let pool = BufferPool()
  let lanes: Lanes
  let network: PerturbationNetwork

  init(lanes: Int = 2) throws {
    root = try HDF5File.open(Self.fixture("csg2a.h5")).root
    self.lanes = Lanes(lanes)
    var random = SeededRandom(seed: 1)
    network = PerturbationNetwork(Self.shape, pool: pool, using: &random)
    for parameter in network.parameters {
      parameter.value.fill(try values("initial/csg2a.\(parameter.name)"))
    }
  }

  func values(_ name: String) throws -> [Float] { try root.dataset(name).read(as: Float.self) }

  func tensor(_ name: String) throws -> Tensor { Tensor(try root.dataset(name).shape, try values(name), pool: pool) }

  var molecules: [MoleculeNodes] {
    get throws {
      let (features, links) = (try tensor("inputs/node_features"), try tensor("inputs/adjacency"))
      let (distances, mask) = (try tensor("inputs/distance"), try tensor("inputs/atom_mask"))
      let padded = mask.columns
      return (0..<5).map { drug in
        let count = (0..<padded).count { mask.pointer[drug * padded + $0] != 0 }
        func square(_ tensor: Tensor) -> [Float] {
          (0..<count).flatMap { row in (0..<count).map { tensor.pointer[(drug * padded + row) * padded + $0] } }
        }
        let start = drug * padded * MoleculeNodes.features
        return MoleculeNodes(
          features: (0..<count * MoleculeNodes.features).map { features.pointer[start + $0] },
          adjacency: square(links), distances: square(distances))
      }
    }
  }

  var conditions: [DrugCondition] {
    get throws {
      zip(try values("inputs/dose"), try values("inputs/time")).map {
        DrugCondition(dose: Double($0) * 100, hours: Double($1) * 72)
      }
    }
  }

  var links: [Float] {
    get throws {
      let ppi = try tensor("inputs/ppi")
      return (0..<ppi.rows).map { row in (0..<ppi.columns).reduce(0) { $0 + ppi.pointer[row * ppi.columns + $1] } }
    }
  }

  /// Compounds and perturbed expression.
  func run(_ pass: Pass, on tape: Tape) throws -> (compounds: Variable, perturbed: Variable) {
    var pass = pass
    let compounds = network.compound(try molecules, try conditions, &pass, on: tape)
    let perturbed = network(
      tape.constant(try tensor("inputs/expression")), compounds: compounds,
      links: tape.constant(Tensor([Self.shape.genes], try links, pool: pool)), &pass, on: tape)
    return (compounds, perturbed)
  }
}

extension [Float] {
  /// The largest difference, by the largest of the expected numbers.
  func distance(to expected: [Float]) -> Float {
    guard count == expected.count else { return .infinity }
    let largest = expected.map(abs).max() ?? 0
    return (zip(self, expected).map { abs($0 - $1) }.max() ?? 0) / largest
  }
}
