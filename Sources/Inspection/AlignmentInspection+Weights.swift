import Cohorts
import Problems
import Statistics

extension AlignmentInspection {
  /// Of which cell lines the patients are mixtures.
  package struct Weights: Sendable, Equatable, Encodable {
    package struct Line: Sendable, Equatable, Encodable {
      package var name: String
      package var tissue: String?
      package var meanWeight: Double
      /// Samples in which no other line weighs more.
      package var samplesOnTop: Int
    }

    /// The weight that the cell lines of a tissue have together.
    package struct TissueShare: Sendable, Equatable, Encodable {
      /// nil for cell lines without a tissue.
      package var tissue: String?
      package var lines: Int
      package var meanWeight: Double
    }

    /// Patients with a tissue, as the store names it, and the tissues of the lines that they are mixtures of.
    package struct PatientTissue: Sendable, Equatable, Encodable {
      package var name: String
      package var samples: Int
      /// The three that weigh most, that one first.
      package var top: [TissueShare]
    }

    /// All cell lines, the largest mean weight first.
    package var lines: [Line]
    /// All tissues of cell lines, the largest mean weight first.
    package var tissues: [TissueShare]
    /// All tissues of patients, the most frequent first.
    package var patients: [PatientTissue]
    package var patientsWithoutTissue: Int
  }
}

extension AlignmentInspection.Weights {
  /// nil where the store holds no weights, or no samples.
  init?(_ store: CohortStore, obs: Frame, cellLines: [AlignmentSummary.CellLine]) throws {
    guard store.samples > 0 else { return nil }
    guard obs.index.count == store.samples else {
      throw StoreError(
        .offProfile, at: Place(store.path, object: "/obs"), "has \(obs.index.count) rows, X \(store.samples)",
        remedy: "make the store again")
    }
    let patientTissues = Labels((0..<store.samples).map { obs["tissue"]?.text(at: $0) ?? "" })
    guard let tally = try WeightTally(store, groups: patientTissues, lines: cellLines.count) else { return nil }
    let lineTissues = Labels(cellLines.map { $0.tissue ?? "" })
    let samples = Double(store.samples)
    lines = cellLines.enumerated().map { position, line in
      Line(
        name: line.name, tissue: line.tissue, meanWeight: tally.sum(of: position) / samples,
        samplesOnTop: tally.firsts[position])
    }
    .descending(by: \.meanWeight)
    tissues = Self.shares(lineTissues) { tally.sum(of: $0) / samples }
    let counts = patientTissues.names.indices.map { name in patientTissues.codes.count { $0 == name } }
    patients = patientTissues.names.enumerated().map { group, name in
      let shares = Self.shares(lineTissues) { tally.sum(of: $0, in: group) / Double(counts[group]) }
      return PatientTissue(name: name, samples: counts[group], top: Array(shares.prefix(3)))
    }
    .descending { Double($0.samples) }
    patientsWithoutTissue = store.samples - counts.reduce(0, +)
  }

  /// The lines' weights by their tissue, the largest first.
  private static func shares(_ tissues: Labels, _ weight: (Int) -> Double) -> [TissueShare] {
    var shares = tissues.names.map { TissueShare(tissue: $0, lines: 0, meanWeight: 0) }
    shares.append(TissueShare(tissue: nil, lines: 0, meanWeight: 0))
    for (line, code) in tissues.codes.enumerated() {
      let place = code < 0 ? shares.count - 1 : code
      shares[place].lines += 1
      shares[place].meanWeight += weight(line)
    }
    return shares.filter { $0.lines > 0 }.descending(by: \.meanWeight)
  }
}

extension Array {
  /// The largest first; of equal ones the one that stood first.
  fileprivate func descending(by value: (Element) -> Double) -> [Element] {
    enumerated().sorted { (value($1.element), $0.offset) < (value($0.element), $1.offset) }.map(\.element)
  }
}
