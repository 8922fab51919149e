import Formats
import Foundation
import Genes
import Matrices
import Networks
import Problems

/// A perturbation network with all that its use takes: weights, the order of its genes, the links between them.
package struct PerturbationModel: Sendable {
  /// Where the weights are from.
  package enum Kind: String, Sendable, Codable {
    /// CSG2A's own.
    case csg2a
    /// Trained by this program on tables of expression before and after: the design of CSG2A, but not CSG2A.
    case trained = "therapi-trained"
    /// Trained by this program on signatures of drugs without expression before them: the design, but not CSG2A.
    case signatures = "therapi-signatures"
  }

  package let kind: Kind
  package let shape: PerturbationNetwork.Shape
  package let genes: ModelGenes
  /// Row sums of the links, one a gene.
  package let links: [Float]
  /// More that is known of it, such as how it was trained.
  package let notes: [String: String]
  private let tensors: [String: Safetensor]
  /// Fingerprint of weights, genes, links and sizes, in hexadecimal digits.
  package let fingerprint: String

  /// The kind of file, and the version of its layout.
  private static let format = "therapi-perturbation 1"

  private enum Name {
    static let genes = "panel_places"
    static let links = "link_counts"
    static let heads = "heads"
  }

  private enum Key {
    static let format = "format"
    static let kind = "kind"
    static let geneOrder = "gene_order"
  }

  package init(
    _ kind: Kind, tensors: [String: Safetensor], shape: PerturbationNetwork.Shape, genes: ModelGenes, links: [Float],
    notes: [String: String] = [:]
  ) {
    var tensors = tensors
    tensors[Name.genes] = Safetensor(shape: [genes.count], values: .integers(genes.panelPlaces.map(Int64.init)))
    tensors[Name.links] = Safetensor(shape: [links.count], links)
    tensors[Name.heads] = Safetensor(shape: [1], values: .integers([Int64(shape.transformer.heads)]))
    (self.kind, self.shape, self.genes, self.links) = (kind, shape, genes, links)
    (self.notes, self.tensors) = (notes, tensors)
    fingerprint = SafetensorsFile(tensors: tensors).fingerprint
  }

  /// Imports a state dictionary of CSG2A: PyTorch's file, or safetensors.
  ///
  /// `genes` lists its genes in their order, `links` is a table of STRING's. Throws `FormatError` and `EmbeddingError`.
  package init(importing path: String, genes: String, links: String, heads: Int) throws {
    let file = try SafetensorsFile(readingState: path)
    let shape = try PerturbationNetwork.Shape(of: file, heads: heads)
    let genes = try ModelGenes(reading: genes)
    guard shape.genes == genes.count else {
      throw EmbeddingError(
        .checkpoint, at: Place(path, field: "w_gex"), "is of \(shape.genes) genes, the panel has \(genes.count)",
        remedy: "take a checkpoint for the \(genes.count) landmark genes")
    }
    _ = try PerturbationNetwork(file, shape, pool: BufferPool())
    self.init(
      .csg2a, tensors: file.tensors, shape: shape, genes: genes,
      links: try GeneLinks(reading: links, genes: genes).counts)
  }

  /// Reads a file that `write` wrote; throws `FormatError` or `EmbeddingError` where it is something else.
  package init(reading path: String) throws {
    let file = try SafetensorsFile(reading: path)
    guard file.metadata[Key.format] == Self.format, let kind = file.metadata[Key.kind].flatMap(Kind.init) else {
      throw EmbeddingError(
        .checkpoint, at: Place(path, field: Key.format), "is no perturbation model of this program",
        remedy: "for CSG2A's own weights give --genes and --links too")
    }
    guard file.metadata[Key.geneOrder] == LandmarkPanel.shared.orderHash,
      case .integers(let places) = try file.tensor(Name.genes).values,
      places.sorted() == (0..<LandmarkPanel.count).map(Int64.init)
    else {
      throw EmbeddingError(
        .genes, at: Place(path, field: Key.geneOrder), "names another order of genes",
        remedy: "use the version of therapi that wrote the model")
    }
    guard case .integers(let heads) = try file.tensor(Name.heads).values, let heads = heads.first else {
      throw EmbeddingError(.checkpoint, at: Place(path, field: Name.heads), "is no number", remedy: "train again")
    }
    let shape = try PerturbationNetwork.Shape(of: file, heads: Int(heads))
    let links = try file.floats(Name.links, shape: [shape.genes])
    _ = try PerturbationNetwork(file, shape, pool: BufferPool())
    self.init(
      kind, tensors: file.tensors, shape: shape, genes: ModelGenes(panelPlaces: places.map(Int.init)), links: links,
      notes: file.metadata.filter { ![Key.format, Key.kind, Key.geneOrder].contains($0.key) })
  }

  /// SHA-256 of the order of genes in which expression and compounds are given out: the panel's.
  package var geneOrder: String { LandmarkPanel.shared.orderHash }

  /// Writes the model as a whole or not at all.
  package func write(to path: String) throws {
    let own = [
      Key.format: Self.format, Key.kind: kind.rawValue, Key.geneOrder: LandmarkPanel.shared.orderHash,
    ]
    try SafetensorsFile(metadata: notes.merging(own) { $1 }, tensors: tensors).write(to: path)
  }

  /// What computes with it.
  package func map(lanes: Lanes) throws -> PerturbationMap {
    let pool = BufferPool()
    return PerturbationMap(try network(pool: pool), links: links, lanes: lanes, pool: pool)
  }

  /// The network with the model's weights; its memory is the pool's.
  package func network(pool: BufferPool) throws -> PerturbationNetwork {
    try PerturbationNetwork(SafetensorsFile(tensors: tensors), shape, pool: pool)
  }
}
