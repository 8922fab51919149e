import Cohorts

/// The example cohort after an alignment to four cell lines, with weights that are exact in binary.
package enum ExampleAlignment {
  package static let summary = AlignmentSummary(
    preset: "paper", checkpoint: "aligner.safetensors", model: String(repeating: "89abcdef", count: 8),
    source: "gdsc", standardisation: "z-scores of each domain",
    cellLines: [
      .init(name: "A375", tissue: "skin"), .init(name: "HT29", tissue: "colon"), .init(name: "SW480", tissue: "colon"),
      .init(name: "X1", tissue: nil),
    ],
    tissues: [
      .init(name: "colon", sourceSamples: 2, targetSamples: 2), .init(name: "skin", sourceSamples: 1, targetSamples: 1),
    ],
    measures: [
      .init(name: "mixing", raw: 0.0125, latent: 0.875, alignedExpression: 1),
      .init(name: "silhouette_domain", raw: 0.5, latent: -0.0625, alignedExpression: nil),
      .init(name: "neighbours", raw: 30, latent: 30, alignedExpression: 30),
    ],
    curve: curve)

  /// samples x cell lines, for the five samples of the example.
  package static let weights = Matrix(
    rows: 5, columns: 4,
    values: [
      0.125, 0.5, 0.25, 0.125, 0.25, 0.25, 0.25, 0.25, 1, 0, 0, 0, 0, 0.25, 0.75, 0, 0.5, 0.125, 0.125, 0.25,
    ])

  package static func make() -> Cohort {
    var cohort = ExampleCohort.make()
    cohort.obs.set(AlignmentSummary.Part.heterogeneity, .doubles([1, .nan, 0, 0.5, 1.25]))
    cohort.obsm[AlignmentSummary.Part.weights] = weights
    cohort.uns[AlignmentSummary.Part.summary] = summary.value
    return cohort
  }

  private static var curve: Frame {
    var curve = Frame(indexName: "epoch", index: ["1", "2", "3"])
    curve.set("total", .doubles([2, 1.5, 1.25]))
    curve.set("validation", .doubles([2, 1.75, .nan]))
    return curve
  }
}
