extension ReportContent {
  /// Throws `.inconsistent` where lists do not belong together, before a page is made of them.
  func check() throws(ReportError) {
    for evaluation in evaluations {
      for row in evaluation.models + evaluation.drugs + evaluation.tissues
      where row.estimates.count != evaluation.metrics.count {
        throw ReportError(
          .inconsistent, at: nil,
          "'\(row.name)' of '\(evaluation.title)' has \(row.estimates.count) estimates for "
            + "\(evaluation.metrics.count) metrics")
      }
    }
    try predictions?.check()
  }
}

extension PredictionContent {
  fileprivate func check() throws(ReportError) {
    let pairs = patients.count * drugs.count
    for (name, numbers) in [("probabilities", probabilities), ("logits", logits), ("deviations", deviations)] {
      guard numbers.values.count == pairs else {
        throw ReportError(
          .inconsistent, at: nil,
          "\(name) holds \(numbers.values.count) numbers for \(patients.count) patients and \(drugs.count) drugs")
      }
      guard numbers.values.allSatisfy(\.isFinite) else {
        throw ReportError(.inconsistent, at: nil, "\(name) holds numbers that are not finite")
      }
    }
    for patient in patients {
      for component in patient.mixture where !cellLines.indices.contains(component.cellLine) {
        throw ReportError(
          .inconsistent, at: nil,
          "'\(patient.name)' is a mixture of cell line \(component.cellLine), of \(cellLines.count)")
      }
    }
    for label in labels where !patients.indices.contains(label.patient) || !drugs.indices.contains(label.drug) {
      throw ReportError(.inconsistent, at: nil, "a response is of patient \(label.patient) and drug \(label.drug)")
    }
  }
}
