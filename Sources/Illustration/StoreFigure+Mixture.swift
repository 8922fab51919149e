import Cohorts
import Figures
import Problems

extension StoreFigure {
  /// The cell lines that weigh most in a patient's mixture, coloured by their tissue.
  ///
  /// Throws `.unknownSample`, `.missing`, and `StoreError` where the weights are stale.
  package static func mixture(of path: String, sample: String, lines count: Int = 15) throws -> BarFigure {
    precondition(count > 0, "\(count) lines")
    let store = try CohortStore(path)
    let alignment = try alignment(of: store)
    try store.requireCurrent(.weights)
    guard let row = try store.obs().index.firstIndex(of: sample) else {
      throw IllustrationError(
        .unknownSample, at: Place(path, object: "/obs"), "no sample is named '\(sample)'",
        remedy: "`therapi export \(path) --to csv --what obs -o -` lists them")
    }
    var weights = [Float](repeating: 0, count: alignment.cellLines.count)
    guard try store.obsm().contains(where: { $0.name == AlignmentSummary.Part.weights && $0.columns == weights.count })
    else {
      throw IllustrationError(
        .mismatched, at: Place(path, object: "/\(BlockPath.weights)"),
        "has not as many columns as uns/alignment has cell lines", remedy: "align the cohort again")
    }
    try weights.withUnsafeMutableBufferPointer {
      try store.read(obsm: AlignmentSummary.Part.weights, row..<row + 1, into: $0)
    }
    let order = weights.indices.sorted { (-weights[$0], $0) < (-weights[$1], $1) }.prefix(count)
    let bars = order.map { line in
      let cellLine = alignment.cellLines[line]
      return BarFigure.Bar(name: cellLine.name, value: Double(weights[line]) * 100, group: cellLine.tissue ?? "")
    }
    let total = bars.reduce(0) { $0 + $1.value }
    return BarFigure(
      title: "Cell lines of \(sample)",
      caption:
        "The \(bars.count) cell lines that weigh most in the mixture of \(sample), of \(weights.count); together "
        + "they hold \((total * 10).rounded() / 10) % of the weight. Colours are the tissues of the lines.",
      bars: bars, valueLabel: "weight (%)", legendTitle: "tissue")
  }
}
