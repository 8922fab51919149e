import Cohorts
import Files
import Networks
import Problems
import Randomness

/// Pairs of a cell line and a drug with their ln IC50, as a perturbation model is tuned on them.
package struct ResponseExamples: Sendable {
  /// Samples x genes, z-scores in the model's order.
  let expression: [Float]
  let molecules: [MoleculeNodes]
  let condition: DrugCondition
  package let pairs: [(sample: Int, drug: Int)]
  /// ln IC50 (uM), one a pair.
  package let values: [Double]
  package let samples: Int

  package init(
    expression: [Float], samples: Int, molecules: [MoleculeNodes], condition: DrugCondition,
    pairs: [(sample: Int, drug: Int)], values: [Double]
  ) {
    precondition(pairs.count == values.count, "\(pairs.count) pairs, \(values.count) values")
    (self.expression, self.samples, self.molecules) = (expression, samples, molecules)
    (self.condition, self.pairs, self.values) = (condition, pairs, values)
  }

  /// Takes the pairs of a cohort's `uns/responses` whose drug is among `drugs`; throws `EmbeddingError` `.pairs` where
  /// there are no ln IC50.
  init(
    _ cohort: PerturbationCohort, _ model: PerturbationModel, drugs: [(name: String, molecule: MoleculeNodes)],
    condition: DrugCondition
  ) throws {
    let place = Place(cohort.store.path, object: "/uns/responses")
    guard case .frame(let frame) = try cohort.store.value(at: "responses"), let samples = frame["sample"]?.texts,
      let names = frame["drug"]?.texts, case .doubles(let values) = frame["value"],
      Set(frame["unit"]?.texts ?? []) == [Self.unit]
    else {
      throw EmbeddingError(
        .pairs, at: place, "has no values in \(Self.unit)",
        remedy: "ingest cell lines with GDSC's responses")
    }
    let rows = Dictionary(uniqueKeysWithValues: cohort.samples.enumerated().map { ($1, $0) })
    let columns = Dictionary(drugs.enumerated().map { ($1.name, $0) }) { first, _ in first }
    var kept: [(pair: (sample: Int, drug: Int), value: Double)] = []
    for (index, name) in samples.enumerated() {
      guard let sample = rows[name], let drug = columns[names[index]], values[index].isFinite else { continue }
      kept.append(((sample, drug), values[index]))
    }
    self.init(
      expression: model.genes.ordered(cohort.expression), samples: cohort.samples.count,
      molecules: drugs.map(\.molecule), condition: condition, pairs: kept.map(\.pair), values: kept.map(\.value))
  }

  /// The unit of GDSC's responses in a store.
  static let unit = "ln(uM)"

  /// SHA-256 of every number that trains.
  var fingerprint: String {
    var sum = SHA256()
    expression.withUnsafeBytes { sum.update($0) }
    pairs.flatMap { [$0.sample, $0.drug] }.withUnsafeBytes { sum.update($0) }
    values.withUnsafeBytes { sum.update($0) }
    [condition.dose, condition.hours].withUnsafeBytes { sum.update($0) }
    for molecule in molecules {
      molecule.features.withUnsafeBytes { sum.update($0) }
      molecule.fixedWeights.withUnsafeBytes { sum.update($0) }
    }
    return sum.hex()
  }
}

/// Which pairs train, which tell when to stop, and which are looked at when all is over.
struct ResponseSplit {
  let training: [Int]
  let validation: [Int]
  let test: [Int]

  /// Throws `EmbeddingError` `.training` where one of the three would be empty.
  init(_ examples: ResponseExamples, _ settings: ResponseTuningSettings, using random: inout SeededRandom) throws {
    let groups =
      switch settings.holdOut {
      case .pairs: Array(examples.pairs.indices)
      case .samples: examples.pairs.map(\.sample)
      case .drugs: examples.pairs.map(\.drug)
      }
    let names = Set(groups).sorted()
    let order = random.permutation(names.count).map { names[$0] }
    let test = Int((Double(order.count) * settings.testShare).rounded())
    let validation = Int((Double(order.count) * settings.validationShare).rounded())
    let (tested, judged) = (Set(order.prefix(test)), Set(order.dropFirst(test).prefix(validation)))
    self.test = groups.indices.filter { tested.contains(groups[$0]) }
    self.validation = groups.indices.filter { judged.contains(groups[$0]) }
    training = groups.indices.filter { !tested.contains(groups[$0]) && !judged.contains(groups[$0]) }
    guard training.count > 1, !self.validation.isEmpty, !self.test.isEmpty else {
      throw EmbeddingError(
        .training, at: nil,
        "of \(examples.pairs.count) pairs \(training.count) train, \(self.validation.count) tell when to stop, and "
          + "\(self.test.count) are held out", remedy: "give more responses, or hold something else out")
    }
  }
}
