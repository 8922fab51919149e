import HDF5

extension ScoreStore {
  /// Takes the scores of pairs in the order of their rows.
  package final class Writer {
    private let samples: Int
    private let drugs: Int
    private let index: HDF5Dataset
    private let codes: [HDF5Dataset]
    private let labels: HDF5Dataset
    /// Log odds, their deviation, and the probability.
    private let numbers: [HDF5Dataset]
    private var waiting = Scores()
    private var written = 0

    init(_ group: HDF5Group, samples: [String], drugs: [String]) throws {
      (self.samples, self.drugs) = (samples.count, drugs.count)
      let count = samples.count * drugs.count
      try Encoding.dataframe.mark(group.attributes)
      try group.attributes.set(Frame.indexKey, Name.index)
      try group.attributes.set(Frame.orderKey, Name.all)
      index = try group.createDataset(Name.index, .string, shape: [count])
      try Encoding.stringArray.mark(index.attributes)
      codes = try [(Name.sample, samples), (Name.drug, drugs)].map { name, categories in
        try Column.createCategorical(name, categories: categories, count: count, in: group)
      }
      labels = try ListCodec.create(Name.label, Int32.element, count, in: group)
      try Encoding.array.mark(labels.attributes)
      numbers = try [Name.logit, Name.deviation, Name.probability].map { name in
        let dataset = try ListCodec.create(name, Float.element, count, in: group)
        try Encoding.array.mark(dataset.attributes)
        return dataset
      }
    }

    /// Adds the scores of the next pairs.
    package func append(_ scores: Scores) throws {
      waiting.labels += scores.labels
      waiting.logits += scores.logits
      waiting.deviations += scores.deviations
      waiting.probabilities += scores.probabilities
      while waiting.count >= ScoreStore.block { try write(ScoreStore.block) }
    }

    func finish() throws {
      if waiting.count > 0 { try write(waiting.count) }
      precondition(written == samples * drugs, "\(written) scores of \(samples * drugs)")
    }

    private func write(_ count: Int) throws {
      let rows = written..<(written + count)
      try index.write(rows.map { String($0) }, rows: rows)
      for (dataset, place) in zip(codes, [{ Int32($0 / self.drugs) }, { Int32($0 % self.drugs) }] as [(Int) -> Int32]) {
        try rows.map(place).withUnsafeBufferPointer { try dataset.write(rows, $0) }
      }
      try waiting.labels[..<count].withUnsafeBufferPointer { try labels.write(rows, $0) }
      for (dataset, values) in zip(numbers, [waiting.logits, waiting.deviations, waiting.probabilities]) {
        try values[..<count].withUnsafeBufferPointer { try dataset.write(rows, $0) }
      }
      waiting.labels.removeFirst(count)
      waiting.logits.removeFirst(count)
      waiting.deviations.removeFirst(count)
      waiting.probabilities.removeFirst(count)
      written = rows.upperBound
    }
  }
}

extension Column {
  /// A categorical column whose codes are still to be written.
  fileprivate static func createCategorical(
    _ name: String, categories: [String], count: Int, in group: HDF5Group
  ) throws -> HDF5Dataset {
    let column = try group.createGroup(name)
    try Encoding.categorical.mark(column.attributes)
    try column.attributes.set(orderedKey, false)
    try ListCodec.write(categories, categoriesKey, to: column)
    let codes = try ListCodec.create(codesKey, Int32.element, count, in: column)
    try Encoding.array.mark(codes.attributes)
    return codes
  }
}
