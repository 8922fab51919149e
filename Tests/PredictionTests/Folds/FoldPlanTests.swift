import Testing

@testable import Prediction

@Suite("Folds")
struct FoldPlanTests {
  private static let pairs = ExampleData.make(samples: 31, drugs: 7).pairs

  private static func plan(_ rule: SplitRule, folds: Int, seed: Int = 42) throws -> FoldPlan {
    try FoldPlan(pairs, rule: rule, folds: folds, seed: seed)
  }

  @Test(
    "part the pairs: each is tested once, and trains for no predictor that stops by it", arguments: SplitRule.allCases)
  func parts(rule: SplitRule) throws {
    let plan = try Self.plan(rule, folds: 4)
    var tested = Set<Int>()
    for fold in 0..<4 {
      let parts = plan.parts(of: fold)
      #expect(Set(parts.training + parts.stopping + parts.testing).count == Self.pairs.count)
      #expect(parts.training.count + parts.stopping.count + parts.testing.count == Self.pairs.count)
      #expect(parts.stopping == plan.parts(of: plan.stoppingFold(of: fold)).testing)
      tested.formUnion(parts.testing)
    }
    #expect(tested.count == Self.pairs.count)
  }

  @Test("of random pairs differ by one in size at most", arguments: [3, 10])
  func sizes(folds: Int) throws {
    let plan = try Self.plan(.pair, folds: folds)
    let sizes = (0..<folds).map { fold in plan.foldOf.count { $0 == fold } }
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }

  @Test("keep what belongs together in one", arguments: [SplitRule.line, .drug, .tissue])
  func groups(rule: SplitRule) throws {
    let plan = try Self.plan(rule, folds: 3)
    var folds: [String: Set<Int>] = [:]
    for pair in 0..<Self.pairs.count {
      let name =
        switch rule {
        case .drug: "\(Self.pairs.drugOf[pair])"
        case .tissue: Self.pairs.tissues[Self.pairs.sampleOf[pair]]
        case .line, .pair: "\(Self.pairs.sampleOf[pair])"
        }
      folds[name, default: []].insert(plan.foldOf[pair])
    }
    #expect(folds.values.allSatisfy { $0.count == 1 })
    #expect(Set(plan.foldOf).count == 3)
  }

  @Test("are the same for one seed and others for another", arguments: SplitRule.allCases)
  func seeds(rule: SplitRule) throws {
    #expect(try Self.plan(rule, folds: 3) == Self.plan(rule, folds: 3))
    let plans = try Set((0..<8).map { try Self.plan(rule, folds: 3, seed: $0).foldOf })
    #expect(plans.count > 1)
  }

  @Test(
    "are refused where there are too few of what is split", arguments: [(SplitRule.tissue, 5), (.drug, 8), (.pair, 2)])
  func tooFew(rule: SplitRule, folds: Int) {
    let error = #expect(throws: PredictionError.self) { try Self.plan(rule, folds: folds) }
    #expect(error?.kind == .folds)
  }
}
