import Cohorts
import Embedding
import Files
import Formats
import Problems
import Sources

/// Which drugs a cohort is scored for.
package enum DrugSelection: Sendable, Equatable {
  /// All that the run knows.
  case all
  case names([String])
  /// A table with the column `drug`, or a list of names, one a line.
  case table(String)
}

/// Drugs with the embeddings that the predictors were trained with.
struct ScoringDrugs {
  let names: [String]
  /// Drugs x genes, in the panel's order.
  let compounds: [Float]

  /// Takes each drug from the first of the tables that has it. Throws `PredictionError` `.pairs` for a drug that none
  /// has, that is named twice, or where there is none.
  init(_ selection: DrugSelection, of record: RunRecord, tables: [DrugTable]) throws {
    let wanted: [(name: String, place: Place?)] =
      switch selection {
      case .all: record.drugs.map { ($0, nil) }
      case .names(let names): names.map { ($0, nil) }
      case .table(let path): try Self.read(path)
      }
    var seen = Set<String>()
    var compounds: [Float] = []
    for (name, place) in wanted {
      guard seen.insert(name).inserted else {
        throw PredictionError(.pairs, at: place, "the drug '\(name)' is named twice", remedy: "name it once")
      }
      guard let found = Self.compound(name, in: tables) else {
        throw PredictionError(
          .pairs, at: place, "there is no embedding of the drug '\(name)'" + Self.hint(name, record.drugs),
          remedy: "name a drug of the run, or embed it into the store with "
            + "`therapi embed perturbation --drugs-only --drugs FILE` and the run's perturbation model")
      }
      compounds += found
    }
    guard !wanted.isEmpty else {
      throw PredictionError(.pairs, at: nil, "no drug is named", remedy: "give --drugs all, names, or a file")
    }
    (names, self.compounds) = (wanted.map(\.name), compounds)
  }

  private static func compound(_ name: String, in tables: [DrugTable]) -> ArraySlice<Float>? {
    for table in tables {
      guard let place = table.names.firstIndex(of: name) else { continue }
      let genes = table.compounds.count / table.names.count
      return table.compounds[(place * genes)..<((place + 1) * genes)]
    }
    return nil
  }

  /// A name of the run that differs in case alone.
  private static func hint(_ name: String, _ known: [String]) -> String {
    known.first { $0.lowercased() == name.lowercased() }.map { "; the run has '\($0)'" } ?? ""
  }

  private static func read(_ path: String) throws -> [(name: String, place: Place?)] {
    let table = try RecordTable.read(
      InputFile(path), columns: [ColumnRequest("drug", ["drug", "name", "drug_name", "DRUG_NAME"])])
    return (0..<table.count).map { (table["drug"][$0], table.place($0, "drug")) }
  }

  /// SHA-256 of the embeddings.
  var fingerprint: String {
    var sum = SHA256()
    compounds.withUnsafeBytes { sum.update($0) }
    return sum.hex()
  }
}
