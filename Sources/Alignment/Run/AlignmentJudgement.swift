import Cohorts
import Statistics

/// How well cell lines and patients lie together, before and after: all patients of all targets.
struct AlignmentJudgement {
  let measures: [AlignmentSummary.Measure]

  /// Neighbours that are looked at.
  private static let neighbours = 15

  /// Compares the expression that the aligner was given, the latents, and the cell lines' expression with the mixtures
  /// of it.
  init(_ domains: AlignmentDomains, lineLatents: [Float], _ mixtures: [AlignmentMap.Mixtures]) throws {
    let lines = domains.source.samples.count
    let samples = lines + domains.targets.map(\.samples.count).reduce(0, +)
    let words = (domains.source.tissues + domains.targets.flatMap(\.tissues)).map { $0 < 0 ? "" : domains.tissues[$0] }
    let labels = Labels(words)
    let k = min(Self.neighbours, samples - 1)
    func measure(_ values: [Float]) throws -> AlignmentMeasures {
      let points = try Points(values, samples: samples, features: values.count / samples)
      return try AlignmentMeasures(of: points, sources: lines, tissues: labels, k: k)
    }
    let raw = try measure(domains.source.expression.values + domains.targets.flatMap(\.expression.values))
    let latent = try measure(lineLatents + mixtures.flatMap(\.latent))
    let aligned = try measure(domains.sourceExpression.values + mixtures.flatMap(\.aligned))
    measures = AlignmentMeasure.allCases.map {
      .init(name: $0.rawValue, raw: raw[$0], latent: latent[$0], alignedExpression: aligned[$0])
    }
  }
}

extension TrainingCurve {
  /// One row an epoch, counted from 1.
  var frame: Frame {
    var frame = Frame(indexName: "epoch", index: epochs.indices.map { "\($0 + 1)" })
    for (place, name) in Self.columns.enumerated() {
      let values = rows.map { $0[place] ?? .nan }
      if !values.allSatisfy(\.isNaN) { frame.set(name, .doubles(values)) }
    }
    return frame
  }
}
