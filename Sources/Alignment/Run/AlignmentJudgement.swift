import Cohorts
import Matrices
import Statistics

/// How well cell lines and patients lie together, before and after: all patients of all targets.
struct AlignmentJudgement {
  let measures: [AlignmentSummary.Measure]

  /// Neighbours that are looked at.
  private static let neighbours = 15

  /// Compares the expression that the aligner was given, the latents, and the cell lines' expression with the mixtures
  /// of it.
  ///
  /// One space after the other, and no more than one of them in memory: each is as large as all stores together.
  init(_ domains: AlignmentDomains, _ targets: [PatientCohort], lineLatents: [Float], _ map: AlignmentMap, lanes: Lanes)
    throws
  {
    let words = (domains.source.tissues + domains.targets.flatMap(\.tissues)).map { $0 < 0 ? "" : domains.tissues[$0] }
    let (lines, labels) = (domains.source.samples.count, Labels(words))
    let k = min(Self.neighbours, words.count - 1)
    func measure(_ matrices: () throws -> [[Float]], features: Int) throws -> AlignmentMeasures {
      try AlignmentMeasures(
        of: Points(matrices(), features: features), sources: lines, tissues: labels, k: k, lanes: lanes)
    }
    let (genes, width) = (domains.sharedGenes.count, lineLatents.count / lines)
    let raw = try measure(
      { try [domains.source.expression.values] + targets.map { try $0.expression() } }, features: genes)
    var latents: [Float] = []
    latents.reserveCapacity((words.count - lines) * width)
    let aligned = try measure(
      {
        var aligned: [Float] = []
        aligned.reserveCapacity((words.count - lines) * genes)
        for target in targets {
          try target.forEachMixture(by: map) { _, mixtures in
            latents += mixtures.latent
            aligned += mixtures.aligned
          }
        }
        return [domains.sourceExpression.values, aligned]
      }, features: genes)
    let latent = try measure({ [lineLatents, latents] }, features: width)
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
