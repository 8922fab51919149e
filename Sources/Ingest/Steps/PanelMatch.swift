import Cohorts
import Genes
import Problems
import Sources

/// How a list of genes matches the panel.
struct PanelMatch {
  private let list: LandmarkList
  /// The list's identifiers and the route of each landmark; nil for one that the list lacks.
  private var found: [(name: String, route: MatchRoute)?]

  /// Throws `GeneError` where nothing on the list is a landmark.
  init(_ list: LandmarkList, path: String, drops: inout DropLog) throws {
    self.list = list
    found = Array(repeating: nil, count: LandmarkPanel.count)
    let matcher = GeneMatcher()
    var tally = MatchTally()
    for row in list.rows {
      let match = matcher.match(row.identifiers)
      let place = Place(path, line: row.line)
      tally.add(match, source: row.identifiers.name)
      switch match {
      case .landmark(let landmark, let route):
        if let present = found[landmark] {
          drops.drop(.gene, row.identifiers.name, "\(present.name) is the same landmark", at: place)
        } else {
          found[landmark] = (row.identifiers.name, route)
        }
      case .ambiguous(_, let why): drops.drop(.gene, row.identifiers.name, why.description, at: place)
      case .notLandmark: drops.drop(.gene, row.identifiers.name, "it is no landmark", at: place)
      }
    }
    drops.count(.gene, "the list does not call it a landmark", list.others)
    try tally.requireMatches(at: Place(path))
  }

  /// A cohort of no samples: its genes say which landmarks the list holds.
  func cohort(_ configuration: IngestConfiguration) -> Cohort {
    var genes = LandmarkPanel.shared.frame
    genes.set("measured", .booleans(found.map { $0 != nil }))
    genes.set("route", .categorical(found.map { $0?.route.rawValue ?? "" }))
    genes.set("source_ids", .strings(found.map { $0?.name ?? "" }))
    var cohort = Cohort(
      x: Matrix(rows: 0, columns: LandmarkPanel.count), obs: Frame(indexName: "sample", index: []), genes: genes)
    cohort.uns["therapi"] = StoreIdentity(configuration).value
    cohort.uns["panel"] = .group(["form": .string(list.form.rawValue), "rows": .integer(Int64(list.rows.count))])
    return cohort
  }

  func report(_ configuration: IngestConfiguration) -> IngestReport {
    var routes: [String: Int] = [:]
    for case .some(let gene) in found { routes[gene.route.rawValue, default: 0] += 1 }
    return IngestReport(
      name: configuration.name, samples: 0, landmarks: found.count { $0 != nil }, unit: "", sourceUnit: "",
      evidence: "", responses: 0, drugs: 0, dropped: [], routes: routes, seconds: 0)
  }
}
