import Problems
import Sources

/// A sample of the cohort and the columns of the matrix it comes from.
struct CohortSample {
  var id: String
  /// Positions among the matrix's columns; several where they are averaged.
  var columns: [Int]
  /// Name in the matrix, of the first of its columns.
  var sourceName: String
  /// What the matrix file says of it.
  var fields: [String: String]
}

/// Decides which columns of a matrix become samples, and under which ids; by rule and never by value.
struct SampleSelection {
  let rules: IngestConfiguration.Samples
  let path: String

  private struct Named {
    var id: String
    var name: String
    var column: Int
    var fields: [String: String]
    var place: Place
  }

  /// The samples in the matrix's order. Throws `IngestError` where no rule decides.
  func samples(
    from columns: [CandidateMatrix.Column], list: Set<String>?, drops: inout DropLog
  ) throws -> [CohortSample] {
    var named = try named(columns, drops: &drops)
    if let list {
      named = keeping(named, drops: &drops, reason: "it is not on the list of samples to keep") { list.contains($0.id) }
      guard !named.isEmpty else {
        throw IngestError(
          .samples, at: Place(path), "no sample of the matrix is on the list of those to keep",
          remedy: "compare the list's ids with the matrix's, and see samples.id")
      }
    }
    if let types = rules.onePerPatient { named = onePerPatient(named, types: types, drops: &drops) }
    let samples = try withoutDuplicates(named, drops: &drops)
    guard !samples.isEmpty else {
      throw IngestError(.samples, at: Place(path), "no sample is left", remedy: "see the rules under `samples`")
    }
    return samples
  }

  private func named(_ columns: [CandidateMatrix.Column], drops: inout DropLog) throws -> [Named] {
    var named: [Named] = []
    for (index, column) in columns.enumerated() {
      var name = column.name
      if let field = rules.nameField {
        guard let value = column.fields[field] else {
          throw IngestError(
            .samples, at: Place(path, field: field), "the matrix has no field '\(field)' to name its samples by",
            remedy: "it has \(column.fields.keys.sorted().joined(separator: ", "))")
        }
        name = value
      }
      for prefix in rules.strip where name.hasPrefix(prefix) { name.removeFirst(prefix.count) }
      guard !name.isEmpty else {
        drops.drop(.sample, column.name, "it has no name", at: column.place)
        continue
      }
      var id = name
      if rules.identity == .tcgaSample {
        guard let barcode = TCGABarcode(name) else {
          drops.drop(.sample, name, "its name is no TCGA barcode", at: column.place)
          continue
        }
        id = barcode.sample
      }
      named.append(Named(id: id, name: column.name, column: index, fields: column.fields, place: column.place))
    }
    return preferred(named)
  }

  /// Brings the columns that are preferred to the front, in an order that is otherwise the matrix's.
  private func preferred(_ named: [Named]) -> [Named] {
    guard let (field, order) = rules.prefer else { return named }
    func rank(_ sample: Named) -> Int {
      let value = (sample.fields[field] ?? "").lowercased()
      return order.firstIndex { value == $0.lowercased() } ?? order.count
    }
    return named.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
  }

  private func keeping(
    _ samples: [Named], drops: inout DropLog, reason: String, _ condition: (Named) -> Bool
  ) -> [Named] {
    samples.filter { sample in
      if condition(sample) { return true }
      drops.drop(.sample, sample.name, reason, at: sample.place)
      return false
    }
  }

  /// One sample a patient: the first type of the rule, then the first vial, then the first name in the alphabet.
  private func onePerPatient(_ samples: [Named], types: [String], drops: inout DropLog) -> [Named] {
    var best: [String: (rank: (Int, String, String), sample: Named)] = [:]
    var losers: [(sample: Named, reason: String)] = []
    for sample in samples {
      guard let barcode = TCGABarcode(sample.name) ?? TCGABarcode(sample.id) else {
        losers.append((sample, "its name is no TCGA barcode"))
        continue
      }
      guard let rank = barcode.sampleType.map({ types.firstIndex(of: $0) }) ?? 0 else {
        losers.append(
          (sample, "its sample type \(barcode.sampleType ?? "") is not one of \(types.joined(separator: ", "))"))
        continue
      }
      let candidate = ((rank, barcode.vial, sample.name), sample)
      guard let present = best[barcode.patient] else {
        best[barcode.patient] = candidate
        continue
      }
      let wins = candidate.0 < present.rank
      losers.append((wins ? present.sample : sample, "another sample of the patient is first by type, vial and name"))
      if wins { best[barcode.patient] = candidate }
    }
    for loser in losers { drops.drop(.sample, loser.sample.name, loser.reason, at: loser.sample.place) }
    let kept = Set(best.values.map(\.sample.column))
    return samples.filter { kept.contains($0.column) }
  }

  private func withoutDuplicates(_ samples: [Named], drops: inout DropLog) throws -> [CohortSample] {
    var result: [CohortSample] = []
    var position: [String: Int] = [:]
    for sample in samples {
      guard let present = position[sample.id] else {
        position[sample.id] = result.count
        result.append(
          CohortSample(id: sample.id, columns: [sample.column], sourceName: sample.name, fields: sample.fields))
        continue
      }
      switch rules.duplicates {
      case .error:
        throw IngestError(
          .samples, at: sample.place, "the sample '\(sample.id)' is there more than once",
          remedy: "choose a rule: samples.duplicates: first or mean, or one-per-patient for TCGA")
      case .first:
        drops.drop(
          .sample, sample.name, "the sample \(sample.id) stands in an earlier column", at: sample.place,
          group: "the sample stands in an earlier column")
      case .mean:
        result[present].columns.append(sample.column)
        drops.drop(
          .sample, sample.name, "averaged into \(sample.id)", at: sample.place,
          group: "averaged with another column of the sample")
      }
    }
    return result.sorted { $0.columns[0] < $1.columns[0] }
  }
}
