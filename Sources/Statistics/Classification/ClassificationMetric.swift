/// What a classifier is judged by, under the names that reports give it. Equal to scikit-learn's where that gives a
/// figure without a warning.
package enum ClassificationMetric: String, CaseIterable, Sendable, Codable, CodingKeyRepresentable {
  /// Area under the receiver operating characteristic; a tie counts as half.
  case auroc
  /// Average precision: sum over thresholds of (R_n - R_(n-1)) P_n, without interpolation.
  case auprc
  case accuracy
  case precision
  case recall
  case f1
  /// Matthews' correlation coefficient.
  case mcc
  /// Mean squared difference of probability (the sigmoid of the logit) and label.
  case brier
}

extension ScoreTally {
  /// One measure; those of decisions take a logit above 0 as positive.
  package subscript(metric: ClassificationMetric) -> Estimate<Double> {
    switch metric {
    case .auroc: auroc
    case .auprc: averagePrecision
    case .brier: brier
    case .accuracy, .precision, .recall, .f1, .mcc: Decisions(self)[metric]
    }
  }

  /// All measures.
  package var metrics: [ClassificationMetric: Estimate<Double>] {
    let decisions = Decisions(self)
    return Dictionary(
      uniqueKeysWithValues: ClassificationMetric.allCases.map { metric in
        switch metric {
        case .auroc, .auprc, .brier: (metric, self[metric])
        case .accuracy, .precision, .recall, .f1, .mcc: (metric, decisions[metric])
        }
      })
  }

  /// Pairs of a positive and a negative in the right order, ties half (Hanley and McNeil 1982,
  /// doi:10.1148/radiology.143.1.7063747).
  private var auroc: Estimate<Double> {
    if let missingClass { return .notEstimable(missingClass) }
    var (above, twice) = (0, 0.0)
    for position in scores.indices {
      twice += Double(negatives[position]) * Double(2 * above + positives[position])
      above += positives[position]
    }
    return .estimated(twice / 2 / Double(positiveCount) / Double(negativeCount))
  }

  private var averagePrecision: Estimate<Double> {
    if let missingClass { return .notEstimable(missingClass) }
    var (found, taken, sum) = (0, 0, 0.0)
    // A resample may hold no sample of a score.
    for position in scores.indices where positives[position] + negatives[position] > 0 {
      found += positives[position]
      taken += positives[position] + negatives[position]
      sum += Double(positives[position]) * Double(found) / Double(taken)
    }
    return .estimated(sum / Double(positiveCount))
  }

  private var brier: Estimate<Double> {
    var sum = 0.0
    for position in scores.indices {
      let probability = ScoreTally.sigmoid(scores[position])
      sum += Double(positives[position]) * (1 - probability) * (1 - probability)
      sum += Double(negatives[position]) * probability * probability
    }
    return .ratio(sum, Double(count), else: "there is no labelled pair")
  }
}

/// Right and wrong decisions at a logit above 0.
private struct Decisions {
  var (hits, alarms, misses, rejections) = (0.0, 0.0, 0.0, 0.0)

  init(_ tally: ScoreTally) {
    let end = tally.scores.firstIndex { $0 <= 0 } ?? tally.scores.count
    hits = Double(tally.positives[..<end].reduce(0, +))
    alarms = Double(tally.negatives[..<end].reduce(0, +))
    misses = Double(tally.positiveCount) - hits
    rejections = Double(tally.negativeCount) - alarms
  }

  subscript(metric: ClassificationMetric) -> Estimate<Double> {
    switch metric {
    case .accuracy:
      .ratio(hits + rejections, hits + alarms + misses + rejections, else: "there is no labelled pair")
    case .precision: .ratio(hits, hits + alarms, else: "no pair is predicted positive")
    case .recall: .ratio(hits, hits + misses, else: "no pair has the label 1")
    case .f1: .ratio(2 * hits, 2 * hits + alarms + misses, else: "no pair is positive, in truth or predicted")
    case .mcc:
      .ratio(
        hits * rejections - alarms * misses,
        ((hits + alarms).squareRoot() * (hits + misses).squareRoot())
          * ((rejections + alarms).squareRoot() * (rejections + misses).squareRoot()),
        else: "all pairs have one label, or one prediction")
    case .auroc, .auprc, .brier: preconditionFailure("\(metric) is none of decisions")
    }
  }
}
