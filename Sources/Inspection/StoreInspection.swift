import Cohorts
import Genes
import Glibc
import Problems

/// What a store is and what it holds; of its matrices X is read only in a small store, and the weights of an alignment.
package struct StoreInspection: Sendable, Encodable {
  /// A value and in how many rows it stands.
  package struct Frequency: Sendable, Equatable, Encodable {
    package var name: String
    package var count: Int
  }

  package struct Block: Sendable, Equatable, Encodable {
    package var name: String
    package var rows: Int
    package var columns: Int
  }

  package struct SampleColumn: Sendable, Equatable, Encodable {
    package var name: String
    /// `text`, `category`, `number`, `integer` or `boolean`.
    package var kind: String
    /// Samples without a value.
    package var gaps: Int
  }

  package struct Genes: Sendable, Equatable, Encodable {
    package var count: Int
    /// Genes that the source measures; nil in a store that does not tell.
    package var measured: Int?
    /// Symbols of those that it does not measure, and that are 0 in X.
    package var missing: [String]
    /// Genes by the route that they were matched by.
    package var routes: [String: Int]
    /// Whether the genes are this program's landmarks, in its order.
    package var isPanel: Bool
  }

  package struct Seal: Sendable, Equatable, Encodable {
    package var version: Int
    package var sha256: String
    package var bytes: Int
    /// Whether the bytes were compared with it.
    package var isChecked: Bool
  }

  package var path: String
  /// Size of the file.
  package var bytes: Int
  /// `schema`, `name`, `title`, `kind`, `panel_order`, `tool_version`; empty in a store of another program.
  package var cohort: [String: Scalar]
  package var samples: Int
  package var genes: Genes
  /// Assay, unit and the evidence for it, conversion, collapse.
  package var expression: [String: Scalar]
  /// Samples by tissue, the most frequent first.
  package var tissues: [Frequency]
  package var sampleColumns: [SampleColumn]
  package var responses: Responses?
  package var survival: [SurvivalEndpoint]
  package var layers: [Block]
  package var obsm: [Block]
  /// What models wrote, in the order of the paths, and whether it may be used.
  package var embeddings: [Embedding]
  /// nil in a store that was not aligned.
  package var alignment: AlignmentInspection?
  package var provenance: Provenance?
  /// nil in a store of another program.
  package var seal: Seal?

  /// Stores up to this size are checked against their seal, and their embeddings against X, which takes half a second
  /// at most.
  private static let checkedBytes = 256 << 20

  /// Looks into a store; one that is too large to be checked in a moment is not.
  ///
  /// Throws `StoreError` where it cannot be read or keeps not to the profile.
  package init(of path: String) throws { try self.init(of: path, checkedBytes: Self.checkedBytes) }

  init(of path: String, checkedBytes: Int) throws {
    self.path = path
    bytes = try Self.size(of: path)
    let isChecked = bytes <= checkedBytes
    let store = try CohortStore(path, isChecked: isChecked)
    cohort = try store.scalars(at: "therapi")
    samples = store.samples
    genes = Genes(try store.geneTable())
    expression = try store.scalars(at: "expression")
    let obs = try store.obs()
    tissues = obs["tissue"]?.frequencies ?? []
    sampleColumns = obs.columns.map { SampleColumn(name: $0.name, kind: $0.column.kind, gaps: $0.column.gaps) }
    survival = SurvivalEndpoint.endpoints(in: obs)
    responses = try store.table(at: "responses").map(Responses.init)
    layers = try store.layers().map(Block.init)
    obsm = try store.obsm().map(Block.init)
    embeddings = try store.cachedBlocks(isInputChecked: isChecked).map(Embedding.init)
    if let state = try store.drugEmbeddingState() { embeddings.append(try Embedding(drugs: state, in: store)) }
    // Another program may keep anything under that name.
    alignment = cohort["schema"] == nil ? nil : try AlignmentInspection(store, obs: obs)
    provenance = try Provenance(store)
    seal = store.seal.map { Seal(version: $0.version, sha256: $0.sha256, bytes: $0.bytes, isChecked: isChecked) }
  }

  private static func size(of path: String) throws -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw StoreError(.unreadable, at: Place(path), String(cString: strerror(errno)))
    }
    return Int(status.st_size)
  }
}

extension StoreInspection.Block {
  fileprivate init(_ block: CohortStore.Block) {
    self.init(name: block.name, rows: block.rows, columns: block.columns)
  }
}

extension StoreInspection.Genes {
  fileprivate init(_ table: Frame) {
    count = table.index.count
    isPanel = table.index == LandmarkPanel.shared.landmarks.map(\.symbol)
    (measured, missing, routes) = (nil, [], [:])
    if case .booleans(let flags) = table["measured"] {
      missing = zip(table.index, flags).filter { !$0.1 }.map(\.0)
      measured = count - missing.count
    }
    for route in table["route"]?.frequencies ?? [] { routes[route.name] = route.count }
  }
}
