import Cohorts
import Figures
import Matrices
import Projection

/// t-SNE of the cell lines and the patients of an alignment, one panel a space, to be coloured as often as wanted.
package struct SampleProjection {
  private struct Panel {
    let space: ProjectionSpace
    let places: [SIMD2<Double>]
    /// nil for too few samples.
    let trust: Double?
  }

  /// More are grey: a legend that nobody could read tells nothing.
  private static let mostTissues = 18

  private let pair: AlignedPair
  private let title: String
  private let seed: UInt64
  private let panels: [Panel]

  /// Throws `IllustrationError`, and `StoreError` where a block is stale or absent.
  package init(source: String, target: String, spaces: [ProjectionSpace], seed: UInt64 = 0, lanes: Lanes) throws {
    let pair = try AlignedPair(source: source, target: target)
    var settings = StochasticNeighbours()
    settings.seed = seed
    panels = try spaces.map { space in
      let points = try pair.points(in: space)
      let places = try settings.project(points.values, samples: pair.samples, features: points.features, lanes: lanes)
      let trust =
        places.count > 10
        ? try Trustworthiness.score(of: places, for: points.values, features: points.features) : nil
      return Panel(space: space, places: places, trust: trust)
    }
    title = "\(StoreFigure.name(of: source)) and \(StoreFigure.name(of: target))"
    (self.pair, self.seed) = (pair, seed)
  }

  /// The picture in colours of a kind. Throws `StoreError`.
  package func figure(_ colour: ProjectionColour) throws -> ProjectionFigure {
    let groups = try groups(colour)
    let trusts = panels.compactMap { panel in
      panel.trust.map { "\(panel.space.rawValue) \(($0 * 1000).rounded() / 1000)" }
    }
    return ProjectionFigure(
      title: title,
      caption:
        "t-SNE (perplexity 30, seed \(seed)) of \(pair.sources) cell lines and \(pair.target.samples) patients; near "
        + "points are alike, while distances between clusters mean nothing. Trustworthiness of 5 neighbours: "
        + "\(trusts.joined(separator: ", ")). Grey: tissue not known, or none of the \(Self.mostTissues) commonest.",
      panels: panels.map {
        .init(name: $0.space.words, x: $0.places.map(\.x), y: $0.places.map(\.y), groups: groups)
      },
      legendTitle: colour == .source ? "sample" : "tissue")
  }

  private func groups(_ colour: ProjectionColour) throws -> [String] {
    switch colour {
    case .source:
      return Array(repeating: "cell line", count: pair.sources)
        + Array(repeating: "patient", count: pair.target.samples)
    case .tissue:
      let tissues = try pair.tissues()
      let counts = tissues.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
      let shown = counts.keys.filter { !$0.isEmpty }
        .sorted { (-(counts[$0] ?? 0), $0) < (-(counts[$1] ?? 0), $1) }.prefix(Self.mostTissues)
      return tissues.map { shown.contains($0) ? $0 : "" }
    }
  }
}
