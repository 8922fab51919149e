/// The samples of one stratum at each time of an event.
struct EventTimes {
  struct Moment {
    /// Samples that join the set at risk when one goes back in time to here: those followed to this time or beyond it,
    /// but not to the next event.
    var entering: [Int] = []
    /// Those at risk that have their event at this time.
    var dying: [Int] = []
  }

  /// From the last time of an event to the first: the set at risk grows by `entering`.
  let moments: [Moment]

  init(_ data: SurvivalData, stratum samples: [Int]) {
    var moments: [Moment] = []
    var waiting: [Int] = []
    let order = samples.sorted { data.times[$0] > data.times[$1] }
    var next = 0
    while next < order.count {
      let time = data.times[order[next]]
      var dying: [Int] = []
      while next < order.count, data.times[order[next]] == time {
        waiting.append(order[next])
        if data.events[order[next]] { dying.append(order[next]) }
        next += 1
      }
      if !dying.isEmpty {
        moments.append(Moment(entering: waiting, dying: dying))
        waiting = []
      }
    }
    self.moments = moments
  }

  /// One for each stratum; without strata all samples are in one.
  static func strata(of data: SurvivalData, by strata: [Int]?) throws(StatisticsError) -> [EventTimes] {
    guard let strata else { return [EventTimes(data, stratum: Array(data.times.indices))] }
    try StatisticsError.require(strata.count, of: "strata", for: data.count)
    var members: [Int: [Int]] = [:]
    for (sample, stratum) in strata.enumerated() { members[stratum, default: []].append(sample) }
    return members.sorted { $0.key < $1.key }.map { EventTimes(data, stratum: $0.value) }
  }
}
