import Problems

/// What becomes of a pair of sample and drug that was measured more than once.
package enum RepeatRule: String, Sendable, CaseIterable {
  /// The screen GDSC2 before others, then the drug id that was tried on most samples, then the first.
  case gdsc2FirstThenMostLines = "gdsc2-first-then-most-lines"
  /// The mean of LN_IC50 and AUC.
  case mean
  case first
  /// The lowest IC50.
  case lowest
  /// A repeated pair is an error.
  case error

  /// Leaves each pair once, in the order of its first row; throws `ResponseError` under the rule `error`.
  package func resolve(_ responses: [DrugResponse], at place: Place? = nil) throws(ResponseError) -> ResolvedResponses {
    var resolved = ResolvedResponses()
    var groups: [Pair: [Int]] = [:]
    var order: [Pair] = []
    for (row, response) in responses.enumerated() {
      guard response.lnIC50.isFinite else {
        resolved.dropped.append(DroppedResponse(row: row, response: response, reason: .noValue))
        continue
      }
      let pair = Pair(sample: response.sample, drug: response.drug)
      if groups[pair] == nil { order.append(pair) }
      groups[pair, default: []].append(row)
    }
    let breadth = self == .gdsc2FirstThenMostLines ? samplesByDrugID(responses) : [:]
    for pair in order {
      guard let rows = groups[pair] else { continue }
      if rows.count == 1 {
        resolved.responses.append(responses[rows[0]])
        continue
      }
      try choose(rows, of: responses, breadth: breadth, into: &resolved, at: place)
    }
    resolved.dropped.sort { $0.row < $1.row }
    return resolved
  }

  private func choose(
    _ rows: [Int], of responses: [DrugResponse], breadth: [DrugID: Int], into resolved: inout ResolvedResponses,
    at place: Place?
  ) throws(ResponseError) {
    let first = responses[rows[0]]
    let chosen: Int
    switch self {
    case .error:
      throw ResponseError(
        .repeatedPair, at: place, "'\(first.sample)' was measured with '\(first.drug)' \(rows.count) times",
        remedy: "choose a rule for repeated pairs: "
          + Self.allCases.filter { $0 != .error }.map(\.rawValue).joined(separator: ", "))
    case .mean:
      resolved.responses.append(average(rows.map { responses[$0] }))
      resolved.merged += rows.map { MergedResponse(row: $0, response: responses[$0]) }
      return
    case .first: chosen = rows[0]
    case .lowest: chosen = rows.min { responses[$0].lnIC50 < responses[$1].lnIC50 } ?? rows[0]
    case .gdsc2FirstThenMostLines:
      // `min` keeps the first of equals.
      chosen = rows.min { rank(responses[$0], breadth) < rank(responses[$1], breadth) } ?? rows[0]
    }
    resolved.responses.append(responses[chosen])
    for row in rows where row != chosen {
      resolved.dropped.append(
        DroppedResponse(row: row, response: responses[row], reason: reason(responses[row], responses[chosen], breadth)))
    }
  }

  private func reason(
    _ loser: DrugResponse, _ winner: DrugResponse, _ breadth: [DrugID: Int]
  ) -> DroppedResponse.Reason {
    switch self {
    case .lowest where loser.lnIC50 > winner.lnIC50: return .higherIC50
    case .gdsc2FirstThenMostLines:
      let (a, b) = (rank(loser, breadth), rank(winner, breadth))
      return a.0 != b.0 ? .otherScreen : a.1 != b.1 ? .fewerSamples : .laterRow
    default: return .laterRow
    }
  }

  private func rank(_ response: DrugResponse, _ breadth: [DrugID: Int]) -> (Int, Int) {
    (response.screen?.uppercased() == "GDSC2" ? 0 : 1, -(DrugID(response).flatMap { breadth[$0] } ?? 0))
  }

  private func samplesByDrugID(_ responses: [DrugResponse]) -> [DrugID: Int] {
    var samples: [DrugID: Set<String>] = [:]
    for response in responses where response.lnIC50.isFinite {
      if let id = DrugID(response) { samples[id, default: []].insert(response.sample) }
    }
    return samples.mapValues(\.count)
  }

  private func average(_ responses: [DrugResponse]) -> DrugResponse {
    var result = responses[0]
    result.lnIC50 = responses.reduce(0) { $0 + $1.lnIC50 } / Double(responses.count)
    let areas = responses.compactMap(\.auc)
    result.auc = areas.isEmpty ? nil : areas.reduce(0, +) / Double(areas.count)
    if Set(responses.map(\.maxConcentration)).count > 1 { result.maxConcentration = nil }
    if Set(responses.map(\.screen)).count > 1 { result.screen = nil }
    if Set(responses.map(\.drugID)).count > 1 { result.drugID = nil }
    return result
  }
}

private struct Pair: Hashable {
  let sample: String
  let drug: String
}

/// A drug id within its screen.
private struct DrugID: Hashable {
  let screen: String?
  let id: String

  init?(_ response: DrugResponse) {
    guard let id = response.drugID else { return nil }
    self.id = id
    screen = response.screen
  }
}

/// Responses with each pair once, and what became of the others.
package struct ResolvedResponses: Sendable, Equatable {
  package internal(set) var responses: [DrugResponse] = []
  package internal(set) var dropped: [DroppedResponse] = []
  /// Rows that are in a mean.
  package internal(set) var merged: [MergedResponse] = []
}

/// A row that was left out, with its position in the input.
package struct DroppedResponse: Sendable, Equatable {
  package enum Reason: String, Sendable {
    case noValue = "it holds no LN_IC50"
    case otherScreen = "GDSC2 measured the pair too"
    case fewerSamples = "another id of the drug was tried on more samples"
    case higherIC50 = "the pair has a lower IC50"
    case laterRow = "the pair stands in an earlier row"
  }

  package let row: Int
  package let response: DrugResponse
  package let reason: Reason
}

/// A row that was averaged with others, with its position in the input.
package struct MergedResponse: Sendable, Equatable {
  package let row: Int
  package let response: DrugResponse
}
