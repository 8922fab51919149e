import Matrices
import Problems

/// What each fold's predictor says of some pairs of a cohort, where the mean over folds is not enough.
package enum FoldLogits {
  /// Log odds, a list a fold in the order of `pairs`. Memory is that of one sample with the drugs of the pairs.
  ///
  /// Throws as `ScoringRun.score`, and `PredictionError` `.pairs` for a sample that the cohort lacks.
  package static func of(
    _ pairs: [(sample: String, drug: String)], in path: String, _ options: ScoringRun.Options, lanes: Lanes
  ) throws -> [[Float]] {
    let folder = try ScoringRunFolder(options.run)
    let cohort = try ScoringCohort(
      path, record: folder.record, source: options.source, isAligned: !options.without.contains(.alignment))
    let table = try SourceStore(options.source ?? path).drugs(model: folder.record.perturbationModel)
    var columns: [String: Int] = [:]
    for pair in pairs where columns[pair.drug] == nil { columns[pair.drug] = columns.count }
    let names = columns.sorted { $0.value < $1.value }.map(\.key)
    let drugs = try ScoringDrugs(.names(names), of: folder.record, tables: [table])
    let predictor = try folder.folded(options.model, lanes: lanes)
    let prepared = predictor.drugs(drugs.compounds)
    let rows = Dictionary(cohort.samples.enumerated().map { ($1, $0) }) { first, _ in first }
    var logits = [[Float]](repeating: Array(repeating: 0, count: pairs.count), count: predictor.folds)
    for (sample, places) in Dictionary(grouping: pairs.indices, by: { pairs[$0].sample }) {
      guard let row = rows[sample] else {
        throw PredictionError(.pairs, at: Place(path, object: "/obs"), "there is no sample '\(sample)'")
      }
      let found = predictor.logits(try cohort.samples(row..<row + 1), count: 1, prepared)
      for place in places {
        guard let column = columns[pairs[place].drug] else { preconditionFailure("a drug that was listed") }
        for fold in 0..<predictor.folds { logits[fold][place] = found[column * predictor.folds + fold] }
      }
    }
    return logits
  }
}
