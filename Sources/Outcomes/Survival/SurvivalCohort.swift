import Cohorts
import Problems
import Statistics

/// The patients of one or several stores, in two groups by the median of their own tissue.
package struct SurvivalCohort: Sendable {
  package enum Group: Sendable, Equatable {
    case high
    case low
  }

  /// Event and time of each patient; nil where either is not known.
  struct Endpoint: Sendable {
    let name: String
    let outcomes: [(time: Double, event: Bool)?]
  }

  package let stores: [String]
  /// "" for patients without one, who belong to no group.
  package private(set) var tissues: [String] = []
  /// nil for the patients at the median, and for those without a value or a tissue.
  package private(set) var groups: [Group?] = []
  /// The median of each tissue, over its patients with a value, whatever is known of their survival.
  package private(set) var medians: [String: Double] = [:]
  private(set) var endpoints: [Endpoint] = []
  private(set) var values: [Double?] = []

  package var count: Int { tissues.count }

  /// Reads what `settings` names of each store's obs; a store may lack an endpoint that another has.
  ///
  /// Throws `OutcomeError`: `.missingColumn`, `.unsuitable` at a negative time or an event that is not 0 or 1,
  /// `.repeatedSample`, `.stale`; and `StoreError`.
  package init(_ paths: [String], settings: SurvivalSettings) throws {
    stores = paths
    var outcomes = [[(time: Double, event: Bool)?]](repeating: [], count: settings.endpoints.count)
    var found = Set<String>()
    var origins: [String: String] = [:]
    for path in paths {
      let store = try CohortStore(path)
      let obs = try store.obs()
      try store.requireFresh(settings.by)
      for sample in obs.index {
        if let other = origins.updateValue(path, forKey: sample) {
          throw OutcomeError(
            .repeatedSample, at: Place(path, object: "/obs"), "the sample '\(sample)' stands in \(other) too",
            remedy: "leave one of the stores out")
        }
      }
      tissues += try Self.column(settings.tissueColumn, obs, path, option: "--tissue-column").words
      values += try Self.column(settings.by, obs, path, option: "--by").numbersOrGaps
      for (place, name) in settings.endpoints.enumerated() {
        guard obs[name] != nil, obs[Self.time(name)] != nil else {
          outcomes[place] += Array(repeating: nil, count: obs.index.count)
          continue
        }
        found.insert(name)
        outcomes[place] += try Self.outcomes(name, obs, path)
      }
    }
    guard !found.isEmpty else {
      let names = settings.endpoints.flatMap { [$0, Self.time($0)] }.joined(separator: ", ")
      throw OutcomeError(
        .missingColumn, at: paths.first.map { Place($0, object: "/obs") },
        "there is no pair of columns for any endpoint (\(names))",
        remedy: "ingest the cohort with its table of survival, or name its columns with --endpoints")
    }
    endpoints = zip(settings.endpoints, outcomes).map { Endpoint(name: $0, outcomes: $1) }
    divide()
  }

  static func time(_ endpoint: String) -> String { endpoint + ".time" }

  /// The curves of two groups of one tissue, or of all together (nil); nil for an endpoint that was not read.
  package func curves(of tissue: String?, endpoint: String) -> (high: KaplanMeier, low: KaplanMeier)? {
    guard let endpoint = endpoints.first(where: { $0.name == endpoint }) else { return nil }
    let members = self.members(of: tissue, endpoint)
    let data = members.data
    return (
      KaplanMeier(data.filter { members.isHigh[$0] }), KaplanMeier(data.filter { !members.isHigh[$0] })
    )
  }

  /// The grouped patients of whom an endpoint is known.
  struct Members {
    var data: SurvivalData
    var isHigh: [Bool]
    /// Number of the tissue of each.
    var strata: [Int]
  }

  func members(of tissue: String?, _ endpoint: Endpoint) -> Members {
    let rows = tissues.indices.filter { row in
      groups[row] != nil && endpoint.outcomes[row] != nil && (tissue == nil || tissues[row] == tissue)
    }
    let known = rows.compactMap { endpoint.outcomes[$0] }
    let labels = Labels(rows.map { tissues[$0] })
    do {
      return Members(
        data: try SurvivalData(times: known.map(\.time), events: known.map(\.event)),
        isHigh: rows.map { groups[$0] == .high }, strata: labels.codes)
    } catch {
      preconditionFailure("times were checked when they were read: \(error)")
    }
  }

  private mutating func divide() {
    var byTissue: [String: [Double]] = [:]
    for (tissue, value) in zip(tissues, values) where !tissue.isEmpty {
      if let value { byTissue[tissue, default: []].append(value) }
    }
    medians = byTissue.mapValues { values in
      let sorted = values.sorted()
      return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
    groups = zip(tissues, values).map { tissue, value in
      guard let value, let median = medians[tissue], value != median else { return nil }
      return value > median ? .high : .low
    }
  }

  private static func column(_ name: String, _ obs: Frame, _ path: String, option: String) throws -> Column {
    guard let column = obs[name] else {
      throw OutcomeError(
        .missingColumn, at: Place(path, object: "/obs"), "there is no column '\(name)'",
        remedy: name == AlignmentSummary.Part.heterogeneity
          ? "align the cohort with `therapi align`, or name another column with \(option)"
          : "name a column with \(option); there are \(obs.columns.map(\.name).joined(separator: ", "))")
    }
    return column
  }

  private static func outcomes(
    _ endpoint: String, _ obs: Frame, _ path: String
  ) throws -> [(time: Double, event: Bool)?] {
    let events = obs[endpoint]?.numbersOrGaps ?? []
    let times = obs[time(endpoint)]?.numbersOrGaps ?? []
    return try zip(events, times).enumerated().map { row, outcome in
      guard let event = outcome.0, let time = outcome.1 else { return nil }
      guard event == 0 || event == 1 else {
        throw OutcomeError(
          .unsuitable, at: Place(path, object: "/obs/\(endpoint)"),
          "the sample '\(obs.index[row])' has \(event), which is neither 1 (event) nor 0 (censored)",
          remedy: "correct the column, or choose other --endpoints")
      }
      guard time >= 0 else {
        throw OutcomeError(
          .unsuitable, at: Place(path, object: "/obs/\(Self.time(endpoint))"),
          "the sample '\(obs.index[row])' has the time \(time)",
          remedy: "correct the column, or choose other --endpoints")
      }
      return (time, event == 1)
    }
  }
}
