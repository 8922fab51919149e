import Foundation
import Genes
import TestSupport
import Testing

@testable import Embedding

@Suite("A model's genes and links")
struct ModelGenesTests {
  private let folder: TemporaryFolder
  private let symbols = LandmarkPanel.shared.landmarks.map(\.symbol)

  init() throws { folder = try TemporaryFolder() }

  private func list(_ names: [String]) throws -> String {
    let path = folder.file("genes.txt")
    try names.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test("maps the store's order to the list's, and back")
  func order() throws {
    let genes = try ModelGenes(reading: list(symbols.reversed()))
    let panel = (0..<LandmarkPanel.count).map(Float.init)
    #expect(genes.ordered(panel) == panel.reversed())
    #expect(genes.unordered(genes.ordered(panel)) == panel)
  }

  @Test("refuses a list that is not the panel, each gene once")
  func refuses() throws {
    var twice = symbols
    twice[5] = twice[4]
    var strange = symbols
    strange[7] = "NOT-A-GENE"
    for (names, line) in [(twice, 6), (strange, 8), (Array(symbols.dropLast()), nil)] as [([String], Int?)] {
      let path = try list(names)
      let error = #expect(throws: EmbeddingError.self) { try ModelGenes(reading: path) }
      #expect(error?.kind == .genes)
      #expect(error?.place?.line == line)
    }
  }

  @Test("counts a link once, in both directions, and each gene's with itself")
  func links() throws {
    let path = folder.file("links.csv")
    let (a, b, c) = (symbols[0], symbols[1], symbols[2])
    try "source,target\n\(a),\(b)\n\(b),\(a)\n\(a),\(b)\n\(b),\(c)\n\(c),\(c)\n\(a),NOT-A-GENE\n"
      .write(toFile: path, atomically: true, encoding: .utf8)
    let links = try GeneLinks(reading: path, genes: .panel)
    #expect(links.counts.prefix(4) == [2, 3, 2, 1])
    #expect(links.links == 2)
    #expect(links.outside == 1)
  }

  @Test("refuses links between no two of the genes")
  func noLinks() throws {
    let path = folder.file("links.csv")
    try "source,target\nX1,X2\n".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: EmbeddingError.self) { try GeneLinks(reading: path, genes: .panel) }
  }

  @Test(
    "takes CSG2A's own list and links (skipped where the shared data are absent)",
    .enabled(if: SharedData.isPresent))
  func published() throws {
    let genes = try ModelGenes(reading: SharedData.data("lincs/csg2a/LINCS_L1000_landmark_genes.txt"))
    #expect(genes.count == 978 && genes != .panel)
    let links = try GeneLinks(reading: SharedData.data("lincs/csg2a/STRING_edges.csv.gz"), genes: genes)
    // 1,771 of the 57,260 links name two genes of the list by its own spelling.
    #expect(links.links >= 1_771 && links.links + links.outside == 57_260)
  }
}
