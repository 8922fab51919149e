import Cohorts
import Figures
import Formats
import Problems

extension StoreFigure {
  /// The curves of a predictor's run (a CSV file with fold, epoch, training loss, validation loss), or those of the
  /// alignment that a store of patients (.h5ad) remembers.
  ///
  /// Throws `.badTable`, `.missing`, and `FormatError`.
  package static func curves(of path: String) throws -> TrainingFigure {
    path.hasSuffix(".h5ad") ? try alignmentCurves(of: path) : try runCurves(of: path)
  }

  private static func runCurves(of path: String) throws -> TrainingFigure {
    let table = try TableReader(FileSource(path), path: path)
    guard table.header.count >= 4 else {
      throw IllustrationError(
        .badTable, at: Place(path, line: table.headerLine),
        "has \(table.header.count) columns, not fold, epoch and two losses",
        remedy: "give the curves.csv of a run of `therapi train`")
    }
    var folds: [String] = []
    var losses: [String: [(training: Double, validation: Double)]] = [:]
    while try table.advance() {
      let fold = table.text(0)
      if losses[fold] == nil { folds.append(fold) }
      losses[fold, default: []].append((try table.number(2), try table.number(3)))
    }
    let runs = folds.compactMap { losses[$0] }
    return TrainingFigure(
      title: "Training of the predictor",
      caption:
        "Loss by epoch of \(folds.count) folds: thin lines are folds, thick ones their mean over the epochs that "
        + "all folds have. A fold ends where its validation loss no longer fell.",
      series: [
        .init(name: "training", runs: runs.map { $0.map(\.training) }),
        .init(name: "validation", runs: runs.map { $0.map(\.validation) }),
      ])
  }

  private static func alignmentCurves(of path: String) throws -> TrainingFigure {
    guard let curve = try alignment(of: CohortStore(path)).curve else {
      throw IllustrationError(
        .missing, at: Place(path, object: "/uns/alignment/curve"), "is not there",
        remedy: "align the cohort again: its curve was not kept")
    }
    // Terms differ by factors of thousands: each is shown as a share of its first value.
    let series = curve.columns.compactMap { named -> TrainingFigure.Series? in
      guard let first = named.column.numbers?.first(where: { $0 != 0 }) else { return nil }
      let shares = named.column.numbers?.map { $0 / first } ?? []
      return TrainingFigure.Series(name: named.name.replacing("_", with: " "), runs: [shares])
    }
    return TrainingFigure(
      title: "Training of the alignment of \(name(of: path))",
      caption: "Terms of the aligner's loss by epoch, each divided by its value in the first epoch. Terms that an "
        + "adversary opposes need not fall.",
      series: series, lossLabel: "share of the first epoch")
  }
}

extension Column {
  /// A column of floating-point numbers; nil for any other.
  fileprivate var numbers: [Double]? {
    switch self {
    case .floats(let values): values.map(Double.init)
    case .doubles(let values): values
    case .strings, .categorical, .int32s, .booleans: nil
    }
  }
}
