import Glibc

/// Scored samples with labels, counted by score: all that the measures of a classifier need.
///
/// Scores are logits: above 0 means predicted positive, and the sigmoid is the probability.
package struct ScoreTally: Sendable, Equatable {
  /// Each score once, the highest first.
  package let scores: [Double]
  /// Samples of label 1 with each score.
  let positives: [Int]
  /// Samples of label 0 with each score.
  let negatives: [Int]
  /// All samples of label 1.
  package let positiveCount: Int
  /// All samples of label 0.
  package let negativeCount: Int

  package var count: Int { positiveCount + negativeCount }

  /// Throws `.mismatchedCounts`, and `.notFinite` at a score of NaN or infinity. O(n log n).
  package init(labels: [Bool], scores: [Double]) throws(StatisticsError) {
    try StatisticsError.require(labels.count, of: "labels", for: scores.count)
    try StatisticsError.requireFinite(scores, "score")
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    var (distinct, positives, negatives): ([Double], [Int], [Int]) = ([], [], [])
    for sample in order {
      if distinct.last != scores[sample] {
        distinct.append(scores[sample])
        positives.append(0)
        negatives.append(0)
      }
      if labels[sample] { positives[positives.count - 1] += 1 } else { negatives[negatives.count - 1] += 1 }
    }
    self.init(scores: distinct, positives: positives, negatives: negatives)
  }

  /// Takes counts for distinct scores that descend.
  init(scores: [Double], positives: [Int], negatives: [Int]) {
    (self.scores, self.positives, self.negatives) = (scores, positives, negatives)
    (positiveCount, negativeCount) = (positives.reduce(0, +), negatives.reduce(0, +))
  }

  /// Why nothing can be said that compares the classes; nil where both are there.
  var missingClass: String? {
    if count == 0 { return "there is no labelled pair" }
    if positiveCount == 0 { return "no pair has the label 1" }
    return negativeCount == 0 ? "no pair has the label 0" : nil
  }

  static func sigmoid(_ logit: Double) -> Double { 1 / (1 + exp(-logit)) }
}
