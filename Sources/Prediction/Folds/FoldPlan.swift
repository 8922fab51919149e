import Networks
import Problems
import Randomness

/// Which fold each pair is in: one fold is tested, the next one stops the training, the others train.
package struct FoldPlan: Sendable, Equatable {
  /// Pairs of a fold's three parts, in ascending order.
  package struct Parts: Sendable, Equatable {
    package let training: [Int]
    package let stopping: [Int]
    package let testing: [Int]

    package init(training: [Int], stopping: [Int], testing: [Int]) {
      (self.training, self.stopping, self.testing) = (training, stopping, testing)
    }
  }

  package let folds: Int
  /// One a pair.
  package let foldOf: [Int]

  package init(folds: Int, foldOf: [Int]) {
    precondition(folds >= 3 && foldOf.allSatisfy { (0..<folds).contains($0) }, "folds of \(folds)")
    (self.folds, self.foldOf) = (folds, foldOf)
  }

  /// Deals pairs out by a rule, from a seed.
  ///
  /// `.pair`: a random order of the pairs, cut in parts of equal size. Else whole groups, in random order, each to the
  /// fold that has the fewest pairs so far. Throws `PredictionError` `.folds` where there are too few.
  package init(_ pairs: TrainingPairs, rule: SplitRule, folds: Int, seed: Int) throws {
    guard folds >= 3 else {
      throw PredictionError(
        .folds, at: nil, "\(folds) folds leave none to train on: one tests, one stops the training",
        remedy: "take 3 folds or more")
    }
    let groups = Self.groups(pairs, rule)
    let count = groups.map { ($0.max() ?? -1) + 1 } ?? pairs.count
    guard count >= folds else {
      throw PredictionError(
        .folds, at: nil, "there are \(count) \(rule.things) for \(folds) folds",
        remedy: "take fewer folds, or split by something else")
    }
    var random = SeededRandom(seed: UInt64(seed))
    let order = random.permutation(count)
    self.init(
      folds: folds,
      foldOf: groups.map { Self.deal($0, order, folds: folds) } ?? Self.cut(order, folds: folds))
  }

  /// A number for the group of each pair, from 0 without a gap; nil where each pair is its own.
  private static func groups(_ pairs: TrainingPairs, _ rule: SplitRule) -> [Int]? {
    switch rule {
    case .pair: nil
    case .line: numbered(pairs.sampleOf)
    case .drug: numbered(pairs.drugOf)
    case .tissue: numbered(pairs.sampleOf.map { pairs.tissues[$0] })
    }
  }

  private static func numbered<Name: Hashable & Comparable>(_ names: [Name]) -> [Int] {
    let numbers = Dictionary(uniqueKeysWithValues: Set(names).sorted().enumerated().map { ($1, $0) })
    return names.compactMap { numbers[$0] }
  }

  /// The first folds have one more where the number is no multiple.
  private static func cut(_ order: [Int], folds: Int) -> [Int] {
    var foldOf = Array(repeating: 0, count: order.count)
    let (least, rest) = order.count.quotientAndRemainder(dividingBy: folds)
    var start = 0
    for fold in 0..<folds {
      let end = start + least + (fold < rest ? 1 : 0)
      for place in start..<end { foldOf[order[place]] = fold }
      start = end
    }
    return foldOf
  }

  private static func deal(_ groups: [Int], _ order: [Int], folds: Int) -> [Int] {
    var sizes = Array(repeating: 0, count: order.count)
    for group in groups { sizes[group] += 1 }
    var (filled, fold) = (Array(repeating: 0, count: folds), Array(repeating: 0, count: order.count))
    for group in order {
      let least = filled.indices.min { filled[$0] < filled[$1] } ?? 0
      fold[group] = least
      filled[least] += sizes[group]
    }
    return groups.map { fold[$0] }
  }

  /// The fold whose loss stops the training of one that is tested on `fold`: the next, and the first after the last.
  package func stoppingFold(of fold: Int) -> Int { (fold + 1) % folds }

  package func parts(of fold: Int) -> Parts {
    let stopping = stoppingFold(of: fold)
    return Parts(
      training: foldOf.indices.filter { foldOf[$0] != fold && foldOf[$0] != stopping },
      stopping: foldOf.indices.filter { foldOf[$0] == stopping },
      testing: foldOf.indices.filter { foldOf[$0] == fold })
  }
}

extension SplitRule {
  fileprivate var things: String {
    switch self {
    case .pair: "pairs"
    case .line: "cell lines"
    case .drug: "drugs"
    case .tissue: "tissues"
    }
  }
}
