import Cohorts
import Figures
import Glibc
import Problems

extension StoreFigure {
  /// The entropies of the patients' mixtures; throws `StoreError` where they are stale or absent.
  package static func heterogeneity(of path: String) throws -> DistributionFigure {
    let store = try CohortStore(path)
    try store.requireCurrent(.heterogeneity)
    let lines = try alignment(of: store).cellLines.count
    guard case .doubles(let values) = try store.obs()[AlignmentSummary.Part.heterogeneity] else {
      throw IllustrationError(
        .missing, at: Place(path, object: "/\(BlockPath.heterogeneity)"), "is no column of numbers",
        remedy: "run `therapi align` again with this store")
    }
    return DistributionFigure(
      title: "Heterogeneity of \(name(of: path))",
      caption:
        "Shannon entropy in nats of each patient's mixture of cell lines, for \(values.count) patients: 0 is one "
        + "line, \(rounded(log(Double(max(1, lines))))) would be all \(lines) alike. Bars count patients; each point "
        + "below is one; the dashed line is the median.",
      values: values, valueLabel: "entropy of the mixture (nats)")
  }

  private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
