import Cohorts
import Problems

/// Pairs of a sample and a drug with their labels, in the order of the store's responses, and what they leave out.
package struct TrainingPairs: Sendable, Equatable {
  package let samples: [String]
  package let drugs: [String]
  /// One a sample; "" where it is not known.
  package let tissues: [String]
  /// Places in `samples` and in `drugs`, one a pair.
  package private(set) var sampleOf: [Int] = []
  package private(set) var drugOf: [Int] = []
  /// 1 for a response, else 0.
  package private(set) var labels: [Float] = []
  /// Pairs that are left out, by why; a reason that does not occur is not there.
  package private(set) var gaps: [PairGap: Int] = [:]

  package init(samples: [String], drugs: [String], tissues: [String], pairs: [(sample: Int, drug: Int, label: Float)]) {
    (self.samples, self.drugs, self.tissues) = (samples, drugs, tissues)
    (sampleOf, drugOf, labels) = (pairs.map(\.sample), pairs.map(\.drug), pairs.map(\.label))
  }

  /// Reads `uns/responses`. Throws `PredictionError` `.foreign` for a store without, `.pairs` where no pair is left,
  /// one occurs twice, or all have one label.
  init(_ source: SourceStore, drugs: [String], needsTissue: Bool) throws {
    let place = Place(source.store.path, object: "/uns/responses")
    guard case .frame(let frame) = try source.store.value(at: "responses"), let names = frame["sample"]?.texts,
      let compounds = frame["drug"]?.texts, case .int32s(let labels) = frame["label"]
    else {
      throw PredictionError(
        .foreign, at: place, "names no samples, drugs and labels", remedy: "ingest the cohort with its responses")
    }
    (samples, tissues, self.drugs) = (source.samples, source.tissues, drugs)
    let (rows, columns) = (Self.places(samples), Self.places(drugs))
    var seen = Set<Int>()
    for (index, name) in names.enumerated() {
      guard let sample = rows[name] else { gaps[.unknownSample, default: 0] += 1; continue }
      guard let drug = columns[compounds[index]] else { gaps[.unknownDrug, default: 0] += 1; continue }
      guard labels[index] >= 0 else { gaps[.unlabelled, default: 0] += 1; continue }
      guard !needsTissue || !tissues[sample].isEmpty else { gaps[.unknownTissue, default: 0] += 1; continue }
      guard seen.insert(sample * drugs.count + drug).inserted else {
        throw PredictionError(
          .pairs, at: place, "has \(name) with \(compounds[index]) twice",
          remedy: "give the ingest configuration a rule for repeated pairs")
      }
      sampleOf.append(sample)
      drugOf.append(drug)
      self.labels.append(labels[index] > 0 ? 1 : 0)
    }
    guard positives > 0, positives < count else {
      throw PredictionError(
        .pairs, at: place,
        count == 0 ? "has no pair that can be used" : "has \(count) pairs that can be used, all of one label",
        remedy: gaps.isEmpty ? "ingest more responses" : "left out were \(gapText)")
    }
  }

  package var count: Int { labels.count }

  package var positives: Int { labels.reduce(0) { $0 + ($1 > 0 ? 1 : 0) } }

  private var gapText: String {
    gaps.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.value): \($0.key.rawValue)" }.joined(separator: ", ")
  }

  private static func places(_ names: [String]) -> [String: Int] {
    Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
  }
}
