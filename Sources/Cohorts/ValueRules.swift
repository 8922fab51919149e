import Problems

/// What the numbers of X must keep to, in a store and before one is written.
struct ValueRules {
  let genes: [String]
  let unit: String?
  private let range: ClosedRange<Float>?
  /// What the rounding of a conversion may put a value outside its range.
  private static let slack: Float = 0.001
  private let unmeasured: [Int]

  init(genes: Frame, unit: String?, place: Place) throws {
    self.genes = genes.index
    self.unit = unit
    range = unit.flatMap(PlausibleRange.of(unit:))
    let measured = try genes.measured(at: place)
    unmeasured = measured.indices.filter { !measured[$0] }
  }

  /// The first fault in whole rows of X, if there is one; `firstRow` is counted from 0.
  func fault(in values: [Float], firstRow: Int) -> (cause: String, remedy: String)? {
    func name(_ position: Int) -> String {
      "\(values[position]) in row \(firstRow + position / genes.count + 1), gene \(genes[position % genes.count])"
    }
    if holdsAll(of: values) { return nil }
    if let position = values.firstIndex(where: { !$0.isFinite }) {
      return (
        "is \(name(position))",
        "a gene that was not measured is 0 with var/measured false; drop the sample or fill the gap otherwise"
      )
    }
    if let position = unmeasuredValue(in: values) {
      return (
        "is \(name(position)), which var/measured says was not measured", "set the gene to 0, or var/measured to true"
      )
    }
    if let range, let unit,
      let position = values.firstIndex(where: {
        $0 < range.lowerBound - ValueRules.slack || $0 > range.upperBound + ValueRules.slack
      })
    {
      return (
        "is \(name(position)); \(unit) lies between \(range.lowerBound) and \(range.upperBound)",
        "the unit in uns/\(Member.unit) is not that of the values: correct the configuration, ingest again"
      )
    }
    return nil
  }

  /// Whether no value breaks a rule, found without a look at each on its own.
  private func holdsAll(of values: [Float]) -> Bool {
    let lowest = range.map { $0.lowerBound - ValueRules.slack } ?? -Float.greatestFiniteMagnitude
    let highest = range.map { $0.upperBound + ValueRules.slack } ?? Float.greatestFiniteMagnitude
    let outside = values.withUnsafeBufferPointer { values in
      // NaN fails every comparison.
      values.reduce(into: UInt32(0)) { count, value in count &+= value >= lowest && value <= highest ? 0 : 1 }
    }
    return outside == 0 && unmeasuredValue(in: values) == nil
  }

  /// The position of the first value that is not 0, of a gene that was not measured.
  private func unmeasuredValue(in values: [Float]) -> Int? {
    for row in 0..<(values.count / max(1, genes.count)) {
      for column in unmeasured where values[row * genes.count + column] != 0 { return row * genes.count + column }
    }
    return nil
  }
}
