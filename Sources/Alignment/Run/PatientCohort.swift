import Cohorts
import Problems

/// The patients of one store, whose expression is read when it is needed: that of all stores is too much to hold.
struct PatientCohort {
  /// Of the store.
  let path: String
  let samples: [String]
  /// How X comes to the scale of the training.
  let scaling: ExpressionScaling
  /// One a gene: whether it takes part.
  let genes: [Bool]
  /// What was seen of the store.
  let input: InputFingerprint

  /// Samples x genes on the scale of the training, row after row. Throws as `forEachBlock`.
  func expression() throws -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(samples.count * genes.count)
    try forEachBlock { values += $1 }
    return values
  }

  /// Goes through all of them as mixtures of cell lines, in blocks.
  ///
  /// Throws as `forEachBlock`, and `.notFinite` for a patient whose weights are no numbers.
  func forEachMixture(
    by map: AlignmentMap, _ body: (_ rows: Range<Int>, _ mixtures: AlignmentMap.Mixtures) throws -> Void
  ) throws {
    try forEachBlock { rows, values in
      let mixtures: AlignmentMap.Mixtures
      do throws(AlignmentMap.NoMixture) { mixtures = try map.mixtures(of: values) } catch {
        throw AlignmentError(
          .notFinite, at: Place(path, object: "/X"),
          "sample \(samples[rows.lowerBound + error.row]) has no mixture of cell lines: \(error.cause)",
          remedy: "see whether its expression is plausible (therapi inspect), or leave it out when you ingest")
      }
      try body(rows, mixtures)
    }
  }

  /// Reads the expression on the scale of the training in blocks of rows.
  ///
  /// Throws `.changed` where the store is not the one that was seen, `.notFinite` at NaN and infinity in X.
  private func forEachBlock(_ body: (_ rows: Range<Int>, _ values: [Float]) throws -> Void) throws {
    let store = try CohortStore(path)
    guard try store.inputFingerprint() == input else {
      throw AlignmentError(
        .changed, at: Place(path), "changed while the aligner ran", remedy: "give the same command again")
    }
    for start in stride(from: 0, to: samples.count, by: AlignmentMap.block) {
      let rows = start..<min(samples.count, start + AlignmentMap.block)
      var block = Matrix(rows: rows.count, columns: genes.count)
      try block.values.withUnsafeMutableBufferPointer { try store.read(rows, into: $0) }
      for (place, row) in rows.enumerated() {
        try store.checkFinite(block.values[place * genes.count..<(place + 1) * genes.count], ofSample: row)
      }
      scaling.apply(to: &block, genes: genes)
      try body(rows, block.values)
    }
  }
}

extension PatientCohort {
  /// The patients that a target was prepared of.
  init(_ domain: PreparedDomain, at path: String, genes: [Bool]) {
    self.init(path: path, samples: domain.samples, scaling: domain.scaling, genes: genes, input: domain.input)
  }
}
