import Formats
import Genes
import Problems
import Sources

/// The genes of a model by position: its weights know them by nothing else.
package struct ModelGenes: Sendable, Equatable {
  /// Place in the panel, and so column in every store, of each of the model's genes; each place once.
  package let panelPlaces: [Int]

  /// The panel's own order.
  package static let panel = ModelGenes(panelPlaces: Array(0..<LandmarkPanel.count))

  package init(panelPlaces: [Int]) {
    precondition(panelPlaces.sorted() == Array(panelPlaces.indices), "places that are no order of a panel")
    self.panelPlaces = panelPlaces
  }

  /// Reads a list with one gene a line, in the model's order. Throws `EmbeddingError` `.genes` unless it is the whole
  /// panel, each gene once.
  package init(reading path: String) throws {
    let list = try LandmarkList(InputFile(path))
    let matcher = GeneMatcher()
    var places: [Int] = []
    var lines: [Int: Int] = [:]
    for row in list.rows {
      let place = Place(path, line: row.line)
      guard case .landmark(let index, _) = Self.match(row.identifiers, matcher) else {
        let name = row.identifiers.first?.text ?? ""
        throw Self.error(at: place, "'\(name)' is none of the \(LandmarkPanel.count) landmark genes")
      }
      if let other = lines.updateValue(row.line, forKey: index) {
        throw Self.error(at: place, "is the gene of line \(other) again")
      }
      places.append(index)
    }
    guard places.count == LandmarkPanel.count else {
      throw Self.error(at: Place(path), "has \(places.count) genes, not \(LandmarkPanel.count)")
    }
    self.init(panelPlaces: places)
  }

  /// A line has one identifier, of a kind that is told by its look; a table's columns tell the kinds.
  private static func match(_ identifiers: [GeneIdentifier], _ matcher: GeneMatcher) -> GeneMatch {
    let known = identifiers.compactMap { identifier in identifier.kind.map { (kind: $0, value: identifier.text) } }
    if known.count == identifiers.count { return matcher.match(known) }
    return matcher.match(identifiers.first?.text ?? "")
  }

  private static func error(at place: Place, _ cause: String) -> EmbeddingError {
    EmbeddingError(
      .genes, at: place, cause,
      remedy: "give the list of genes that came with the model's weights, one a line, in its order")
  }

  package var count: Int { panelPlaces.count }

  /// Rows x genes in the panel's order, brought to the model's.
  package func ordered(_ values: [Float]) -> [Float] {
    precondition(values.count % count == 0, "\(values.count) values in rows of \(count)")
    return stride(from: 0, to: values.count, by: count).flatMap { start in panelPlaces.map { values[start + $0] } }
  }

  /// One row in the model's order, brought to the panel's, into memory of the caller.
  package func unordered(_ row: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>) {
    for (position, place) in panelPlaces.enumerated() { out[place] = row[position] }
  }

  /// One row in the model's order, brought to the panel's.
  package func unordered(_ row: [Float]) -> [Float] {
    precondition(row.count == count, "\(row.count) values for \(count) genes")
    var out = row
    for (position, place) in panelPlaces.enumerated() { out[place] = row[position] }
    return out
  }
}
