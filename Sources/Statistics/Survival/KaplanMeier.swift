import Glibc

/// The survival curve of Kaplan and Meier (1958, doi:10.1080/01621459.1958.10501452) with 95 % limits.
///
/// Limits are those of log(-log S) with Greenwood's variance, lifelines' default; 1 while S is 1 and 0 once it is 0.
package struct KaplanMeier: Sendable, Equatable, Codable {
  /// 0 and each time at which a sample has its event or is censored, ascending.
  package private(set) var times: [Double] = []
  /// Share of survivors from each time on.
  package private(set) var survival: [Double] = []
  package private(set) var lower: [Double] = []
  package private(set) var upper: [Double] = []
  /// Samples followed just before each time.
  package private(set) var atRisk: [Int] = []
  package private(set) var events: [Int] = []
  package private(set) var censored: [Int] = []

  /// The curve of no samples stays at 1. O(n log n).
  package init(_ data: SurvivalData) {
    let order = data.times.indices.sorted { data.times[$0] < data.times[$1] }
    var (next, atRisk, survival, variance) = (0, data.count, 1.0, 0.0)
    var time = 0.0
    while true {
      var (died, left) = (0, 0)
      while next < order.count, data.times[order[next]] == time {
        if data.events[order[next]] { died += 1 } else { left += 1 }
        next += 1
      }
      if died > 0 {
        survival = died == atRisk ? 0 : survival * (1 - Double(died) / Double(atRisk))
        variance += Double(died) / (Double(atRisk) * Double(atRisk - died))
      }
      append(time, survival, variance, atRisk, died, left)
      atRisk -= died + left
      guard next < order.count else { return }
      time = data.times[order[next]]
    }
  }

  private mutating func append(
    _ time: Double, _ share: Double, _ variance: Double, _ risk: Int, _ died: Int, _ left: Int
  ) {
    times.append(time)
    survival.append(share)
    atRisk.append(risk)
    events.append(died)
    censored.append(left)
    guard share > 0, share < 1 else {
      lower.append(share)
      upper.append(share)
      return
    }
    let width = Tail.normalQuantile * variance.squareRoot() / -log(share)
    lower.append(pow(share, exp(width)))
    upper.append(pow(share, exp(-width)))
  }

  /// The first time at which at most half survive.
  package var median: Estimate<Double> {
    guard atRisk.first != 0 else { return .notEstimable("there are no samples") }
    guard let position = survival.firstIndex(where: { $0 <= 0.5 }) else {
      return .notEstimable("more than half survive to the end of follow-up")
    }
    return .estimated(times[position])
  }
}
