import Matrices
import Networks
import Randomness
import TestSupport
import Testing

@testable import Embedding

@Suite("Gene block")
struct GeneBlockTests {
  /// Row sums of the weights between genes with every weight made, in double precision: genes^2 x hidden operations.
  private func plainRows(
    _ expression: [Float], _ compound: [Float], _ geneVectors: Tensor, _ compoundVectors: Tensor, links: [[Double]]
  ) -> [Double] {
    let (genes, hidden) = (geneVectors.rows, geneVectors.columns)
    let vectors = (0..<genes).map { gene in
      (0..<hidden).map { place in
        Double(expression[gene]) * Double(geneVectors.pointer[gene * hidden + place])
          + Double(compound[gene]) * Double(compoundVectors.pointer[gene * hidden + place])
      }
    }
    return (0..<genes).map { row in
      (0..<genes).reduce(0.0) { sum, column in
        let product = zip(vectors[row], vectors[column]).reduce(0.0) { $0 + $1.0 * $1.1 }
        return sum + product / Double(hidden).squareRoot() + links[row][column]
      }
    }
  }

  @Test("is the plain form of all weights between genes", arguments: [1, 7, 23, 41])
  func plain(seed: UInt64) throws {
    let golden = try PerturbationGolden()
    let (genes, network, pool) = (PerturbationGolden.shape.genes, golden.network, golden.pool)
    var random = SeededGenerator(seed: seed)
    let expression = (0..<genes).map { _ in random.normal() }
    let compound = (0..<genes).map { _ in max(0, random.normal()) }
    let links = (0..<genes).map { row in
      (0..<genes).map { $0 == row ? 1.0 : Double(random.below(2)) }
    }
    let rows = plainRows(expression, compound, network.geneVectors.value, network.compoundVectors.value, links: links)
    let plain = zip(expression, rows).map { Double($0) * $1 }
    let mean = plain.reduce(0, +) / Double(genes)
    let deviation = (plain.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(genes) + 1e-5).squareRoot()
    let parameters = Dictionary(uniqueKeysWithValues: network.parameters.map { ($0.name, $0.value) })
    let scale = try #require(parameters["feed_forward.0.weight"])
    let shift = try #require(parameters["feed_forward.0.bias"])
    let last = try #require(parameters["feed_forward.3.weight"])
    let normed = (0..<genes).map {
      max(0, (plain[$0] - mean) / deviation * Double(scale.pointer[$0]) + Double(shift.pointer[$0]))
    }
    let expected = (0..<genes).map { row in
      Float((0..<genes).reduce(0.0) { $0 + normed[$1] * Double(last.pointer[row * genes + $1]) })
    }
    let map = PerturbationMap(
      network, links: links.map { Float($0.reduce(0, +)) }, lanes: golden.lanes, pool: pool)
    let fast = map.perturbed(map.samples(expression), map.drugs(compound), pairs: [(0, 0)])
    // Sums in another order, and single precision against double: five digits.
    #expect(fast.values.distance(to: expected) <= 1e-5)
  }
}
