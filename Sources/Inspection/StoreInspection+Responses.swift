import Cohorts

extension StoreInspection {
  /// The drug responses of a store, counted.
  package struct Responses: Sendable, Equatable, Encodable {
    package var pairs: Int
    package var drugs: Int
    /// Samples with a response.
    package var samples: Int
    /// Pairs by the unit of their value.
    package var units: [Frequency]
    /// Pairs labelled as responding, as not responding, and not labelled.
    package var positive: Int
    package var negative: Int
    package var unlabelled: Int
    /// Pairs whose IC50 lies outside the tested doses: yes, no or unknown.
    package var extrapolated: [Frequency]

    init(_ table: Frame) {
      pairs = table.index.count
      drugs = table["drug"]?.distinct ?? 0
      samples = table["sample"]?.distinct ?? 0
      units = table["unit"]?.frequencies ?? []
      extrapolated = table["extrapolated"]?.frequencies ?? []
      let labels = table["label"]?.numbers ?? []
      positive = labels.count { $0 == 1 }
      negative = labels.count { $0 == 0 }
      unlabelled = pairs - positive - negative
    }
  }

  /// An endpoint of survival: a column of events, and one of the same name with `.time` behind it.
  package struct SurvivalEndpoint: Sendable, Equatable, Encodable {
    package var name: String
    /// Samples of which both event and time are known.
    package var known: Int
    package var events: Int

    static func endpoints(in obs: Frame) -> [SurvivalEndpoint] {
      obs.columns.compactMap { named in
        guard let times = obs[named.name + ".time"]?.numbers else { return nil }
        let known = zip(named.column.numbers, times).filter { !$0.0.isNaN && !$0.1.isNaN }
        return SurvivalEndpoint(name: named.name, known: known.count, events: known.count { $0.0 == 1 })
      }
    }
  }
}
