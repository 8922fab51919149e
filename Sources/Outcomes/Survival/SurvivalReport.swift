import Statistics

/// Survival of patients with a high value against those with a low one, by tissue and endpoint.
package struct SurvivalReport: Sendable, Equatable, Encodable {
  /// One of the two groups.
  package struct Group: Sendable, Equatable, Encodable {
    package var samples: Int
    package var events: Int
    package var medianSurvival: Estimate<Double>
    /// At each of the report's `riskTimes`.
    package var atRisk: [Int]
  }

  package struct Row: Sendable, Equatable, Encodable {
    /// nil: all tissues together, with tissues as strata.
    package var tissue: String?
    package var endpoint: String
    /// Patients of the two groups of whom the endpoint is known.
    package var samples: Int
    package var events: Int
    package var high: Group
    package var low: Group
    /// High against low.
    package var cox: Estimate<CoxModel.Effect>
    package var coxQ: Double?
    package var logRank: Estimate<LogRank>
    package var logRankQ: Double?
  }

  package struct Tissue: Sendable, Equatable, Encodable {
    package var name: String
    package var samples: Int
    package var median: Double
    /// Patients whose value is the median, who belong to neither group.
    package var atMedian: Int
  }

  package var stores: [String]
  package var settings: SurvivalSettings
  package var samples: Int
  package var withoutTissue: Int
  /// Those with a tissue, but without a value.
  package var withoutValue: Int
  package var tissues: [Tissue]
  /// In days where times are: 0, 1, 2, 3 and 5 years.
  package var riskTimes: [Double]
  /// All tissues together first, then by name; endpoints in the order asked for.
  package var rows: [Row]

  private static let riskTimes = [0, 365.25, 730.5, 1095.75, 1826.25]

  /// Compares the groups. q-values are those of all tissues and endpoints together; the rows of all tissues together
  /// are a family of their own. Throws as `SurvivalCohort`.
  package init(_ paths: [String], settings: SurvivalSettings = SurvivalSettings()) throws {
    self.init(try SurvivalCohort(paths, settings: settings), settings: settings)
  }

  /// Compares the groups of a cohort that was read with these settings.
  package init(_ cohort: SurvivalCohort, settings: SurvivalSettings) {
    stores = cohort.stores
    self.settings = settings
    samples = cohort.count
    withoutTissue = cohort.tissues.count { $0.isEmpty }
    withoutValue = zip(cohort.tissues, cohort.values).count { !$0.isEmpty && $1 == nil }
    riskTimes = Self.riskTimes
    tissues = cohort.medians.sorted { $0.key < $1.key }.map { name, median in
      let values = zip(cohort.tissues, cohort.values).compactMap { $0 == name ? $1 : nil }
      return Tissue(name: name, samples: values.count, median: median, atMedian: values.count { $0 == median })
    }
    let names: [String?] = (tissues.count > 1 ? [nil] : []) + tissues.map(\.name)
    rows = names.flatMap { tissue in
      cohort.endpoints.map { Self.compare(cohort.members(of: tissue, $0), tissue, $0.name, settings) }
    }
    setDiscoveryRates(of: rows.indices.filter { rows[$0].tissue == nil })
    setDiscoveryRates(of: rows.indices.filter { rows[$0].tissue != nil })
  }

  private mutating func setDiscoveryRates(of family: [Int]) {
    let cox = FalseDiscovery.qValues(family.map { rows[$0].cox.value?.p })
    let logRank = FalseDiscovery.qValues(family.map { rows[$0].logRank.value?.p })
    for (place, row) in family.enumerated() { (rows[row].coxQ, rows[row].logRankQ) = (cox[place], logRank[place]) }
  }

  private static func compare(
    _ members: SurvivalCohort.Members, _ tissue: String?, _ endpoint: String, _ settings: SurvivalSettings
  ) -> Row {
    let data = members.data
    let (high, low) = (data.filter { members.isHigh[$0] }, data.filter { !members.isHigh[$0] })
    let tests = tests(members, high, low, settings, strata: tissue == nil ? members.strata : nil)
    return Row(
      tissue: tissue, endpoint: endpoint, samples: data.count, events: data.eventCount, high: group(high),
      low: group(low), cox: tests.cox, coxQ: nil, logRank: tests.logRank, logRankQ: nil)
  }

  private static func tests(
    _ members: SurvivalCohort.Members, _ high: SurvivalData, _ low: SurvivalData, _ settings: SurvivalSettings,
    strata: [Int]?
  ) -> (cox: Estimate<CoxModel.Effect>, logRank: Estimate<LogRank>) {
    let smaller = min(high.count, low.count)
    if smaller < settings.leastGroup {
      let reason =
        members.data.count == 0
        ? "the endpoint is known of no patient in a group"
        : "a group has \(smaller) of the \(settings.leastGroup) patients that it needs"
      return (.notEstimable(reason), .notEstimable(reason))
    }
    do {
      let logRank = try LogRank.test(members.data, group: members.isHigh, strata: strata)
      guard high.eventCount > 0, low.eventCount > 0 else {
        let reason =
          members.data.eventCount == 0
          ? "no sample has the event" : "the group \(high.eventCount == 0 ? "high" : "low") has no events"
        return (.notEstimable(reason), logRank)
      }
      let fit = try CoxModel.fit(
        members.data, covariates: [members.isHigh.map { $0 ? 1 : 0 }], strata: strata)
      return (fit.map { $0.effects[0] }, logRank)
    } catch {
      preconditionFailure("lists of equal length and finite numbers: \(error)")
    }
  }

  private static func group(_ data: SurvivalData) -> Group {
    Group(
      samples: data.count, events: data.eventCount, medianSurvival: KaplanMeier(data).median,
      atRisk: data.numbersAtRisk(at: riskTimes))
  }
}
