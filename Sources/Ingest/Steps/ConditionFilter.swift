import Problems

/// Leaves the samples that the configuration's conditions on the sample table keep.
struct ConditionFilter {
  let rules: IngestConfiguration.Samples
  let file: String

  /// Throws `IngestError` for a column that the table lacks, or where no sample is left.
  func apply(
    to samples: inout [CohortSample], _ annotation: inout SampleAnnotation, drops: inout DropLog
  ) throws {
    var kept = Array(samples.indices)
    func keep(_ column: String, _ reason: (String) -> String?) throws {
      guard let values = annotation[column] else {
        throw IngestError(
          .tables, at: Place(file), "the sample table has no column '\(column)'",
          remedy: "fill it from a table under `tables`, or take the rule away")
      }
      kept = kept.filter { row in
        guard let reason = reason(values[row]) else { return true }
        drops.drop(.sample, samples[row].id, reason)
        return false
      }
    }
    for (column, values) in rules.keep {
      try keep(column) { values.contains($0) ? nil : "its \(column) is '\($0)'" }
    }
    for (column, values) in rules.drop {
      try keep(column) { values.contains($0) ? "its \(column) is '\($0)'" : nil }
    }
    for column in rules.require { try keep(column) { $0.isEmpty ? "its \(column) is not known" : nil } }
    guard !kept.isEmpty else {
      throw IngestError(
        .samples, at: Place(file), "the rules keep, drop and require leave no sample",
        remedy: "compare their words with those of the tables")
    }
    samples = kept.map { samples[$0] }
    annotation.keep(kept)
  }
}
