import HDF5
import Problems

extension CohortStore {
  /// Samples and drugs of a store of scores, in the order of their codes: a row a pair, sample after sample.
  package func scoredNames() throws -> (samples: [String], drugs: [String]) {
    try StoreError.reading {
      let obs = try root.group(Member.obs)
      func categories(_ name: String) throws -> [String] {
        try obs.group(name).dataset(Column.categoriesKey).readStrings()
      }
      let names = (samples: try categories(ScoreStore.Name.sample), drugs: try categories(ScoreStore.Name.drug))
      guard names.samples.count * names.drugs.count == samples else {
        throw StoreError.offProfile(obs.place, "does not hold each sample with each drug")
      }
      return names
    }
  }

  /// Calls `body` with the scores of a store of scores, block by block, and with the first row of each.
  package func forEachScore(_ body: (_ first: Int, ScoreStore.Scores) throws -> Void) throws {
    for first in stride(from: 0, to: samples, by: ScoreStore.block) {
      let rows = first..<min(samples, first + ScoreStore.block)
      try body(first, try StoreError.reading { try scores(rows) })
    }
  }

  private func scores(_ rows: Range<Int>) throws -> ScoreStore.Scores {
    let obs = try root.group(Member.obs)
    var scores = ScoreStore.Scores()
    scores.labels = try obs.dataset(ScoreStore.Name.label).read(rows, as: Int32.self)
    scores.logits = try obs.dataset(ScoreStore.Name.logit).read(rows, as: Float.self)
    scores.deviations = try obs.dataset(ScoreStore.Name.deviation).read(rows, as: Float.self)
    scores.probabilities = try obs.dataset(ScoreStore.Name.probability).read(rows, as: Float.self)
    return scores
  }
}
