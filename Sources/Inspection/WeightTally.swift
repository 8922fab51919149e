import Cohorts
import Problems
import Statistics

/// Sums over the rows of `obsm/therapi_weights`, which is read in blocks.
struct WeightTally {
  private let lines: Int
  /// groups x lines, the samples without a group last.
  private var sums: [Double]
  /// For each line the samples in which no other weighs more; of equal ones the first counts.
  private(set) var firsts: [Int]

  /// Numbers of a block: 1 MB, as of a chunk of the store.
  private static let blockCount = 1 << 18

  /// nil where the store holds no weights.
  ///
  /// Throws `StoreError.offProfile` where they are not samples x lines, or a row is no mixture.
  init?(_ store: CohortStore, groups: Labels, lines: Int) throws {
    let name = AlignmentSummary.Part.weights
    guard let block = try store.obsm().first(where: { $0.name == name }) else { return nil }
    let place = Place(store.path, object: "/obsm/\(name)")
    guard block.rows == store.samples, block.columns == lines else {
      throw StoreError(
        .offProfile, at: place,
        "is \(block.rows) x \(block.columns); the store has \(store.samples) samples, and uns/alignment \(lines) cell lines",
        remedy: "align the cohort again")
    }
    self.lines = lines
    sums = Array(repeating: 0, count: (groups.names.count + 1) * lines)
    firsts = Array(repeating: 0, count: lines)
    let height = max(1, Self.blockCount / max(1, lines))
    var values = [Float](repeating: 0, count: min(height, store.samples) * lines)
    for start in stride(from: 0, to: store.samples, by: height) {
      let rows = start..<min(store.samples, start + height)
      try values.withUnsafeMutableBufferPointer { try store.read(obsm: name, rows, into: $0) }
      try values.withUnsafeBufferPointer { values in
        for row in rows {
          let first = (row - start) * lines
          let weights = UnsafeBufferPointer(rebasing: values[first..<first + lines])
          try Self.check(weights, row, place)
          add(weights, to: groups.codes[row] < 0 ? groups.names.count : groups.codes[row])
        }
      }
    }
  }

  /// The sum of a line's weights over all samples.
  func sum(of line: Int) -> Double {
    stride(from: line, to: sums.count, by: lines).reduce(0) { $0 + sums[$1] }
  }

  /// The sum of a line's weights over the samples of a group.
  func sum(of line: Int, in group: Int) -> Double { sums[group * lines + line] }

  private mutating func add(_ weights: UnsafeBufferPointer<Float>, to group: Int) {
    var top = 0
    sums.withUnsafeMutableBufferPointer { sums in
      for (line, weight) in weights.enumerated() {
        sums[group * lines + line] += Double(weight)
        if weight > weights[top] { top = line }
      }
    }
    firsts[top] += 1
  }

  private static func check(_ weights: UnsafeBufferPointer<Float>, _ row: Int, _ place: Place) throws {
    do throws(StatisticsError) {
      _ = try Mixture.sum(of: weights)
    } catch {
      throw StoreError(
        .offProfile, at: place, "row \(row + 1): \(error.cause)", remedy: "align the cohort again")
    }
  }
}
