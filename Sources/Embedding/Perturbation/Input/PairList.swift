import Cohorts
import Formats
import Problems
import Sources

/// Which pairs of a sample and a drug are embedded.
package enum PairSelection: Sendable, Equatable {
  /// Those with a response in the store, with their labels.
  case responses
  /// Every sample with every drug.
  case all
  /// Those of a table with the columns `sample`, `drug` and, where it has one, `label`.
  case table(String)
}

/// Pairs of a sample and a drug by their places, with labels (1, 0; -1: none).
struct PairList: Sendable, Equatable {
  private(set) var pairs: [(sample: Int, drug: Int)] = []
  private(set) var labels: [Int32] = []
  /// Pairs of samples or drugs that are not there, which are left out: those of skipped drugs, or of responses whose
  /// sample the store lacks.
  private(set) var skipped = 0

  static func == (a: PairList, b: PairList) -> Bool {
    a.labels == b.labels && a.skipped == b.skipped && a.pairs.elementsEqual(b.pairs, by: ==)
  }

  /// Throws `EmbeddingError` `.pairs`, for a sample or drug of a table that nobody knows too; `known` has the names of
  /// drugs that were left out by rule.
  init(_ selection: PairSelection, samples: [String], drugs: [String], skipped known: Set<String>, store: CohortStore)
    throws
  {
    switch selection {
    case .all:
      pairs = drugs.indices.flatMap { drug in samples.indices.map { (sample: $0, drug: drug) } }
      labels = Array(repeating: -1, count: pairs.count)
    case .responses:
      try takeResponses(samples: samples, drugs: drugs, store: store)
    case .table(let path):
      try take(path, samples: samples, drugs: drugs, known: known)
    }
    guard !pairs.isEmpty else {
      throw EmbeddingError(
        .pairs, at: Place(store.path), "no pair of a sample and a drug is left",
        remedy: "look at the drugs that were skipped, or choose other pairs")
    }
  }

  private mutating func takeResponses(samples: [String], drugs: [String], store: CohortStore) throws {
    let place = Place(store.path, object: "/uns/responses")
    guard case .frame(let frame) = try store.value(at: "responses"), let names = frame["sample"]?.texts,
      let compounds = frame["drug"]?.texts
    else {
      throw EmbeddingError(
        .pairs, at: place, "names no samples and drugs",
        remedy: "ingest the cohort with its responses, or take all pairs")
    }
    var known = [Int32](repeating: -1, count: names.count)
    if case .int32s(let labels) = frame["label"] { known = labels }
    let (rows, columns) = (Self.places(samples), Self.places(drugs))
    for (index, name) in names.enumerated() {
      guard let sample = rows[name], let drug = columns[compounds[index]] else {
        skipped += 1
        continue
      }
      pairs.append((sample, drug))
      labels.append(known[index])
    }
  }

  private mutating func take(_ path: String, samples: [String], drugs: [String], known: Set<String>) throws {
    let table = try RecordTable.read(
      InputFile(path),
      columns: [ColumnRequest("sample"), ColumnRequest("drug"), ColumnRequest("label", required: false)])
    let (rows, columns) = (Self.places(samples), Self.places(drugs))
    for record in 0..<table.count {
      let (name, compound, label) = (table["sample"][record], table["drug"][record], table["label"][record])
      guard let sample = rows[name] else {
        throw EmbeddingError(
          .pairs, at: table.place(record, "sample"), "the store has no sample '\(name)'", remedy: "correct the table")
      }
      guard let drug = columns[compound] else {
        guard known.contains(compound) else {
          throw EmbeddingError(
            .pairs, at: table.place(record, "drug"), "there is no drug '\(compound)'", remedy: "correct the table")
        }
        skipped += 1
        continue
      }
      guard ["", "0", "1"].contains(label) else {
        throw EmbeddingError(
          .pairs, at: table.place(record, "label"), "'\(label)' is no label", remedy: "write 1, 0, or nothing")
      }
      pairs.append((sample, drug))
      labels.append(Int32(label) ?? -1)
    }
  }

  private static func places(_ names: [String]) -> [String: Int] {
    Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
  }
}
