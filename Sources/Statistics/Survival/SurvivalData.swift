/// Follow-up of samples: how long each was seen, and whether the event ended it.
package struct SurvivalData: Sendable, Equatable {
  /// In any unit, such as days; not negative.
  package let times: [Double]
  /// False where the sample left before its event (right-censored).
  package let events: [Bool]

  /// Throws `.mismatchedCounts`, `.notFinite`, and `.negativeTime`.
  package init(times: [Double], events: [Bool]) throws(StatisticsError) {
    try StatisticsError.require(events.count, of: "events", for: times.count)
    try StatisticsError.requireFinite(times, "time")
    if let position = times.firstIndex(where: { $0 < 0 }) {
      throw StatisticsError(.negativeTime, at: nil, "time \(position + 1) is \(times[position])")
    }
    (self.times, self.events) = (times, events)
  }

  private init(_ data: SurvivalData, at positions: [Int]) {
    (times, events) = (positions.map { data.times[$0] }, positions.map { data.events[$0] })
  }

  package var count: Int { times.count }
  package var eventCount: Int { events.count { $0 } }

  /// Those samples for which `isIncluded`, given the position, holds.
  package func filter(_ isIncluded: (Int) -> Bool) -> SurvivalData {
    SurvivalData(self, at: times.indices.filter(isIncluded))
  }

  /// How many samples are still followed just before each time: the row below a survival curve.
  package func numbersAtRisk(at moments: [Double]) -> [Int] {
    moments.map { moment in times.count { $0 >= moment } }
  }
}
