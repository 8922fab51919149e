@testable import Report

/// A small report of invented numbers that has every section.
enum SampleReport {
  static let patients = 4
  static let drugs = ["Oxaliplatin", "<b>Cetuximab</b>"]

  static func predictions(patients: Int = Self.patients) -> PredictionContent {
    let count = patients * drugs.count
    return PredictionContent(
      method: "Mean of 10 models.", file: "scores.csv", folds: 10, drugs: drugs,
      cellLines: [.init(name: "HCT116", tissue: "large intestine"), .init(name: "RKO", tissue: nil)],
      patients: (0..<patients).map {
        .init(
          name: "P\($0)", tissue: "COAD", heterogeneity: 1.5,
          mixture: [.init(cellLine: 0, weight: 0.7), .init(cellLine: 1, weight: 0.3)])
      },
      probabilities: PackedNumbers((0..<count).map { Float($0) / Float(count) }),
      logits: PackedNumbers((0..<count).map { Float($0) - 4 }),
      deviations: PackedNumbers(Array(repeating: 0.25, count: count)),
      labels: [.init(patient: patients - 1, drug: 0, value: 1)])
  }

  static var content: ReportContent {
    ReportContent(
      title: "A title with <angles> & \"quotes\"",
      study: .init(name: "sample", summary: "A summary.", version: "0.1.0"),
      caveats: [.init(title: "Small", text: "Four patients.")],
      cohorts: [
        CohortContent(
          name: "coadread", title: "TCGA-COADREAD", role: "patients", samples: 1_592, measuredGenes: 978, genes: 978,
          unit: "log2(tpm + 1)", assay: "rna-seq", responses: 3, drugs: 2,
          dropped: [.init(kind: "gene", reason: "it is no landmark", count: 19_551)])
      ],
      evaluations: [
        EvaluationContent(
          title: "Patients", method: "Ten folds.", pairs: 3, responders: 3, metrics: ["AUROC"],
          models: [.init(name: "THERAPI", kind: "full", estimates: [Estimate(mean: nil, reason: "all labels are 1")])],
          tissues: [
            .init(name: "COAD", pairs: 2, responders: 2, estimates: [Estimate(mean: nil, reason: "no label is 0")])
          ], withoutTissue: 1)
      ],
      predictions: predictions(),
      survival: SurvivalContent(
        method: "By the median.",
        rows: [
          .init(
            tissue: "COAD", endpoint: "OS", high: 2, low: 2, events: 0, hazardRatio: nil, lowerLimit: nil,
            upperLimit: nil, p: nil, q: nil, reason: "no events"),
          .init(
            tissue: "COAD", endpoint: "PFI", high: 2, low: 2, events: 3, hazardRatio: 2, lowerLimit: 1, upperLimit: 4,
            p: 0.00001, q: 0.02),
        ]),
      comparisons: [
        ComparisonContent(
          title: "MSI against MSS", method: "By the table.", firstGroup: "MSI", secondGroup: "MSS", leftOut: 2,
          rows: [
            .init(
              name: "entropy", kind: .entropy, first: .init(count: 1, median: 3.86125, mean: 3.86),
              second: .init(count: 1, median: 3.862, mean: 3.862), mannWhitney: .init(superiority: 0, p: 0.034, q: nil),
              welch: .init(p: nil, q: nil, reason: "a group has fewer than two values"))
          ]),
        ComparisonContent(
          title: "Old against new", method: "By year.", firstGroup: "old", secondGroup: "new",
          reason: "the scored samples have these values in 'year': old"),
      ],
      figures: [.init(section: .survival, title: "Curve", caption: "A curve.", svg: "<svg></svg>")])
  }
}
