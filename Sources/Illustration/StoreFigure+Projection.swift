import Cohorts
import Figures
import Matrices
import Projection

extension StoreFigure {
  /// More are grey: a legend that nobody could read tells nothing.
  private static let mostTissues = 18

  /// t-SNE of the cell lines and the patients of an alignment, one panel a space.
  ///
  /// Throws `IllustrationError`, and `StoreError` where a block is stale or absent.
  package static func projection(
    source: String, target: String, spaces: [ProjectionSpace], colour: ProjectionColour, seed: UInt64 = 0,
    lanes: Lanes
  ) throws -> ProjectionFigure {
    let pair = try AlignedPair(source: source, target: target)
    let groups = try groups(of: pair, colour)
    var settings = StochasticNeighbours()
    settings.seed = seed
    var (panels, trusts) = ([ProjectionFigure.Panel](), [String]())
    for space in spaces {
      let points = try pair.points(in: space)
      let places = try settings.project(points.values, samples: pair.samples, features: points.features, lanes: lanes)
      panels.append(.init(name: space.words, x: places.map(\.x), y: places.map(\.y), groups: groups))
      guard places.count > 10 else { continue }
      let trust = try Trustworthiness.score(of: places, for: points.values, features: points.features)
      trusts.append("\(space.rawValue) \((trust * 1000).rounded() / 1000)")
    }
    return ProjectionFigure(
      title: "\(name(of: source)) and \(name(of: target))",
      caption:
        "t-SNE (perplexity 30, seed \(seed)) of \(pair.sources) cell lines and \(pair.target.samples) patients; near "
        + "points are alike, while distances between clusters mean nothing. Trustworthiness of 5 neighbours: "
        + "\(trusts.joined(separator: ", ")). Grey: tissue not known, or none of the \(mostTissues) commonest.",
      panels: panels, legendTitle: colour == .source ? "sample" : "tissue")
  }

  private static func groups(of pair: AlignedPair, _ colour: ProjectionColour) throws -> [String] {
    switch colour {
    case .source:
      return Array(repeating: "cell line", count: pair.sources)
        + Array(repeating: "patient", count: pair.target.samples)
    case .tissue:
      let tissues = try pair.tissues()
      let counts = tissues.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
      let shown = counts.keys.filter { !$0.isEmpty }
        .sorted { (-(counts[$0] ?? 0), $0) < (-(counts[$1] ?? 0), $1) }.prefix(mostTissues)
      return tissues.map { shown.contains($0) ? $0 : "" }
    }
  }
}
