import Testing

@testable import Responses

@Suite("Repeated pairs") struct RepeatRuleTests {
  func response(
    _ sample: String, _ drug: String, _ value: Double, screen: String? = nil, id: String? = nil, auc: Double? = nil
  ) -> DrugResponse {
    DrugResponse(sample: sample, drug: drug, lnIC50: value, screen: screen, drugID: id, auc: auc)
  }

  @Test("are left to GDSC2, then to the drug id with most samples, then to the first row")
  func publishedRule() throws {
    let responses = [
      response("a", "x", 1, screen: "GDSC1", id: "1"), response("a", "x", 2, screen: "GDSC2", id: "7"),
      response("a", "x", 3, screen: "GDSC2", id: "8"), response("b", "x", 4, screen: "GDSC2", id: "8"),
      response("b", "x", 5, screen: "GDSC2", id: "8"), response("c", "x", 6, screen: "GDSC1", id: "1"),
      response("d", "x", 6, screen: "GDSC1", id: "1"), response("e", "x", 6, screen: "GDSC1", id: "1"),
    ]
    let resolved = try RepeatRule.gdsc2FirstThenMostLines.resolve(responses)
    #expect(resolved.responses.map(\.lnIC50) == [3, 4, 6, 6, 6])
    #expect(resolved.dropped.map(\.row) == [0, 1, 4])
    #expect(resolved.dropped.map(\.reason) == [.otherScreen, .fewerSamples, .laterRow])
  }

  @Test("are averaged, with what differs left open")
  func mean() throws {
    let resolved = try RepeatRule.mean.resolve([
      response("a", "x", 1, screen: "GDSC1", id: "1", auc: 0.5), response("b", "x", 9),
      response("a", "x", 3, screen: "GDSC2", id: "1"),
    ])
    #expect(resolved.responses == [response("a", "x", 2, id: "1", auc: 0.5), response("b", "x", 9)])
    #expect(resolved.merged.map(\.row) == [0, 2])
    #expect(resolved.dropped.isEmpty)
  }

  @Test("go to the first or to the lowest")
  func firstAndLowest() throws {
    let responses = [response("a", "x", 2), response("a", "x", 1), response("a", "x", 3), response("a", "x", 1)]
    #expect(try RepeatRule.first.resolve(responses).responses.map(\.lnIC50) == [2])
    let lowest = try RepeatRule.lowest.resolve(responses)
    #expect(lowest.responses.map(\.lnIC50) == [1])
    #expect(lowest.dropped.map(\.row) == [0, 2, 3])
    #expect(lowest.dropped.map(\.reason) == [.higherIC50, .higherIC50, .laterRow])
  }

  @Test("are an error under the rule that allows none")
  func error() throws {
    #expect(try RepeatRule.error.resolve([response("a", "x", 1), response("a", "y", 1)]).responses.count == 2)
    let error = #expect(throws: ResponseError.self) {
      try RepeatRule.error.resolve([response("a", "x", 1), response("a", "x", 1)])
    }
    #expect(error?.kind == .repeatedPair)
    #expect(error?.cause == "'a' was measured with 'x' 2 times")
  }

  @Test("do not come from rows without a value", arguments: RepeatRule.allCases)
  func missing(rule: RepeatRule) throws {
    let resolved = try rule.resolve([response("a", "x", .nan), response("a", "x", 1), response("b", "x", .infinity)])
    #expect(resolved.responses == [response("a", "x", 1)])
    #expect(resolved.dropped.map(\.row) == [0, 2])
    #expect(resolved.dropped.allSatisfy { $0.reason == .noValue })
  }
}
