import Matrices
import Networks
import Testing

@testable import Embedding

@Suite("Perturbation of pairs")
struct PerturbationMapTests {
  @Test("gives for each pair what the network gives, whatever stands beside it")
  func pairs() throws {
    let golden = try PerturbationGolden()
    let map = PerturbationMap(golden.network, links: try golden.links, lanes: golden.lanes, pool: golden.pool)
    let compounds = zip(try golden.molecules, try golden.conditions).flatMap { map.compound($0, $1) }
    #expect(compounds.distance(to: try golden.values("eval_compound")) <= 1e-5)
    let (samples, drugs) = (map.samples(try golden.values("inputs/expression")), map.drugs(compounds))
    let same = map.perturbed(samples, drugs, pairs: (0..<5).map { ($0, $0) })
    #expect(same.values.distance(to: try golden.values("eval_perturbed")) <= 1e-5)
    let all = map.perturbed(samples, drugs, pairs: (0..<25).map { ($0 / 5, $0 % 5) })
    for index in 0..<5 {
      #expect(all.rows(index * 6..<index * 6 + 1).values.distance(to: same.rows(index..<index + 1).values) <= 1e-6)
    }
  }

  @Test("gives the same bits on one lane and on two")
  func lanes() throws {
    func bits(_ lanes: Int) throws -> [UInt32] {
      let golden = try PerturbationGolden(lanes: lanes)
      let map = PerturbationMap(golden.network, links: try golden.links, lanes: golden.lanes, pool: golden.pool)
      let compounds = zip(try golden.molecules, try golden.conditions).flatMap { map.compound($0, $1) }
      let parts = (map.samples(try golden.values("inputs/expression")), map.drugs(compounds))
      let pairs = (0..<200).map { (sample: $0 % 5, drug: $0 / 40) }
      return map.perturbed(parts.0, parts.1, pairs: pairs).values.map(\.bitPattern)
    }
    #expect(try bits(1) == bits(2))
  }
}
