import Cohorts
import Formats
import Foundation
import Problems

/// Scores of pairs of a sample and a drug: a scores store, its CSV, or the predictions of a predictor's run.
package struct ScoredPairs: Sendable, Equatable {
  /// File that was read.
  package let path: String
  package private(set) var samples: [String] = []
  package private(set) var drugs: [String] = []
  /// nil for pairs without one.
  package private(set) var labels: [Bool?] = []
  /// Before the sigmoid.
  package private(set) var logits: [Double] = []
  /// The fold that each pair was held out in; nil where the table has none.
  package private(set) var folds: [Int]?

  package var count: Int { samples.count }

  /// Name of the predictions in a run's folder.
  package static let predictions = "predictions.csv"

  private enum Field {
    static let sample = "sample"
    static let drug = "drug"
    static let label = "label"
    static let logit = "logit"
    static let fold = "fold"
  }

  /// Reads a store, a table, or the predictions in a folder.
  ///
  /// Throws `OutcomeError` `.missingColumn` and `.unsuitable`, `FormatError`, and `StoreError`.
  package init(_ path: String) throws {
    var isFolder: ObjCBool = false
    let file = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    self.path = file ? "\(path)/\(Self.predictions)" : path
    let input = try InputFile(self.path)
    if input.content == .hdf5 { try readStore() } else { try readTable(input) }
  }

  private mutating func readStore() throws {
    let obs = try CohortStore(path).obs()
    func column(_ name: String) throws -> Column {
      guard let column = obs[name] else {
        throw OutcomeError(
          .missingColumn, at: Place(path, object: "/obs"), "there is no column '\(name)'",
          remedy: "give a store that `therapi score` wrote")
      }
      return column
    }
    samples = try column(Field.sample).words
    drugs = try column(Field.drug).words
    let labels = try column(Field.label).numbersOrGaps
    let logits = try column(Field.logit).numbersOrGaps
    self.labels = try labels.enumerated().map { row, label in
      try Self.label(label, at: Place(path, object: "/obs/\(Field.label)"), row)
    }
    self.logits = try logits.enumerated().map { row, logit in
      guard let logit else {
        throw OutcomeError(
          .unsuitable, at: Place(path, object: "/obs/\(Field.logit)"), "the pair \(row + 1) has no logit",
          remedy: "score the cohort again")
      }
      return logit
    }
    if let folds = obs[Field.fold]?.numbersOrGaps { self.folds = folds.map { Int($0 ?? -1) } }
  }

  private mutating func readTable(_ input: InputFile) throws {
    let table = try TableReader(try input.source(), path: path)
    let (sample, drug) = (try table.column(Field.sample), try table.column(Field.drug))
    let (label, logit) = (try table.column(Field.label), try table.column(Field.logit))
    let fold = table.header.firstIndex(of: Field.fold)
    var folds: [Int] = []
    while try table.advance() {
      samples.append(table.text(sample))
      drugs.append(table.text(drug))
      let value = try table.number(label)
      labels.append(
        try Self.label(value.isNaN ? nil : value, at: Place(path, line: table.line, field: Field.label), count - 1))
      let score = try table.number(logit)
      guard score.isFinite else {
        throw OutcomeError(
          .unsuitable, at: Place(path, line: table.line, field: Field.logit), "there is no logit",
          remedy: "score the cohort again")
      }
      logits.append(score)
      guard let fold else { continue }
      let number = try table.number(fold)
      guard let number = Int(exactly: number), number >= 0 else {
        throw OutcomeError(
          .unsuitable, at: Place(path, line: table.line, field: Field.fold), "'\(table.text(fold))' is no fold",
          remedy: "train the predictor again")
      }
      folds.append(number)
    }
    if fold != nil { self.folds = folds }
  }

  /// 1, 0, or -1 and a gap for none.
  private static func label(_ value: Double?, at place: Place, _ row: Int) throws -> Bool? {
    switch value {
    case 1: return true
    case 0: return false
    case -1, nil: return nil
    case .some(let value):
      throw OutcomeError(
        .unsuitable, at: place, "the pair \(row + 1) has the label \(value), which is none of 1, 0 and -1 (none)",
        remedy: "correct the column")
    }
  }
}
