import Cohorts
import Problems

/// Puts entries together to a store of scores, one entry in memory at a time.
struct ScoreAssembly {
  let plan: ScoringPlan
  /// All samples of the cohort, in its order.
  let samples: [String]
  /// By the number of the pair: sample x drugs + drug.
  private let labels: [Int: Int32]

  /// Takes the labels from `uns/responses` of the cohort, where it has them; of a pair that stands there more than once
  /// the first label counts.
  init(_ plan: ScoringPlan, samples: [String], store: CohortStore) throws {
    (self.plan, self.samples) = (plan, samples)
    guard case .frame(let frame) = try store.value(at: "responses"), let names = frame["sample"]?.texts,
      let compounds = frame["drug"]?.texts, case .int32s(let known) = frame["label"]
    else {
      labels = [:]
      return
    }
    let rows = Dictionary(samples.enumerated().map { ($1, $0) }) { first, _ in first }
    let columns = Dictionary(plan.drugs.enumerated().map { ($1, $0) }) { first, _ in first }
    var labels: [Int: Int32] = [:]
    for (index, label) in known.enumerated() where label >= 0 {
      guard let sample = rows[names[index]], let drug = columns[compounds[index]] else { continue }
      let pair = sample * plan.drugs.count + drug
      if labels[pair] == nil { labels[pair] = label }
    }
    self.labels = labels
  }

  /// Pairs with a label.
  var labelled: Int { labels.count }

  /// Writes the store; `parts` follow each other and hold all samples. Throws `.checkpoint` for a damaged entry.
  func write(_ parts: [ScoreEntries], to path: String) throws {
    try ScoreStore.write(
      to: path, name: plan.cohort, samples: samples, drugs: plan.drugs, panelOrder: plan.geneOrder,
      uns: [ScoreStore.record: .group(try members)]
    ) { writer in
      for part in parts {
        for number in 0..<part.count {
          guard let entry = try part.entry(number) else {
            throw PredictionError(
              .checkpoint, at: Place(part.path), "is damaged, or not whole",
              remedy: "make it again with `therapi score`")
          }
          try writer.append(scores(entry, from: part.samples(ofEntry: number).lowerBound))
        }
      }
    }
  }

  private func scores(_ entry: [Float], from sample: Int) -> ScoreStore.Scores {
    let (first, size) = (sample * plan.drugs.count, ScoreSummary.size)
    let count = entry.count / size
    var scores = ScoreStore.Scores()
    scores.labels = (first..<(first + count)).map { labels[$0] ?? -1 }
    scores.logits = (0..<count).map { entry[$0 * size] }
    scores.deviations = (0..<count).map { entry[$0 * size + 1] }
    scores.probabilities = (0..<count).map { entry[$0 * size + 2] }
    return scores
  }

  /// `uns/scores`.
  private var members: [String: StoreValue] {
    get throws {
      var members: [String: StoreValue] = [
        "key": .string(try plan.key), "cohort": .string(plan.cohort), "input": .string(plan.input),
        "run": .string(plan.run), "folds": .strings(plan.folds), "compounds": .string(plan.compounds),
        "branches": .strings(plan.branches.map(\.rawValue)), "perturbation_model": .string(plan.perturbationModel),
        "panel_order": .string(plan.geneOrder), "tool_version": .string(plan.toolVersion),
        "labelled": .integer(Int64(labelled)),
      ]
      let optional = [
        ("layer", plan.layer), ("layer_model", plan.layerModel), ("rank_model", plan.rankModel),
        ("standard", plan.standard), ("standard_of", plan.standardOf),
      ]
      for (name, text) in optional { members[name] = text.map(StoreValue.string) }
      return members
    }
  }
}
