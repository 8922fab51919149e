import HDF5
import Problems

/// The blocks of a store beside the records of blocks.
struct BlockCatalog {
  /// What is in `obsm` and `layers`, and the columns of `obs`.
  private let blocks: Set<BlockPath>
  /// The records by their name.
  private let records: [String: StoreValue]
  private let panelOrder: String?

  init(_ root: HDF5Group) throws {
    var blocks: Set<BlockPath> = []
    for group in [BlockPath.Group.obsm, .layers] where try root.kind(of: group.rawValue) == .group {
      for child in try root.group(group.rawValue).children() { blocks.insert(BlockPath(group, child.name)) }
    }
    for name in try Frame.layout(of: root.group(Member.obs)).order { blocks.insert(BlockPath(.obs, name)) }
    self.blocks = blocks
    panelOrder = try root.text(uns: Member.panelOrder)
    let path = "\(Member.uns)/\(Member.embeddings)"
    var records: [String: StoreValue] = [:]
    if try root.kind(of: path) == .group {
      let group = try root.group(path)
      for child in try group.children() { records[child.name] = try StoreValue.read(child.name, from: group) }
    }
    self.records = records
  }

  init(_ cohort: Cohort) {
    blocks = Set(cohort.obsm.keys.map { BlockPath(.obsm, $0) })
      .union(cohort.layers.keys.map { BlockPath(.layers, $0) })
      .union(cohort.obs.columns.map { BlockPath(.obs, $0.name) })
    panelOrder = nil
    if case .group(let records) = cohort.uns[Member.embeddings] { self.records = records } else { records = [:] }
  }

  /// Whether a block can be current, so that X must be looked at to tell.
  var hasRecords: Bool { !records.isEmpty }

  static let orphanRemedy = "write a block and its record together, or take the record away"

  /// Records that are of no block: the place, and what is wrong as a sentence.
  func orphans(in file: String) -> [(place: Place, cause: String)] {
    records.sorted { $0.key < $1.key }.compactMap { name, value in
      let place = Place(file, object: "/\(Member.uns)/\(Member.embeddings)/\(name)")
      guard let path = BlockRecord.path(in: value, named: name) else {
        return (place, "does not name its block, as in obsm/\(name)")
      }
      return blocks.contains(path) ? nil : (place, "is the record of \(path), which is not there")
    }
  }

  /// Each record and each block of `obsm` and `layers` with its state, in the order of their paths.
  ///
  /// `input` is the store's own fingerprint, nil where X was not looked at; `model` that of the weights that the caller
  /// wants blocks of, nil for any.
  func cachedBlocks(input: InputFingerprint?, model: String?) -> [CachedBlock] {
    var found: [BlockPath: CachedBlock] = [:]
    for (name, value) in records {
      let path = BlockRecord.path(in: value, named: name) ?? self.path(named: name)
      found[path] = cachedBlock(path, value, input: input, model: model)
    }
    for path in blocks where path.group != .obs && found[path] == nil {
      found[path] = CachedBlock(path: path, record: nil, state: .unrecorded)
    }
    return found.values.sorted { $0.path.description < $1.path.description }
  }

  private func cachedBlock(
    _ path: BlockPath, _ value: StoreValue, input: InputFingerprint?, model: String?
  ) -> CachedBlock {
    do {
      let record = try BlockRecord(value)
      guard blocks.contains(path) else { return CachedBlock(path: path, record: record, state: .missing) }
      return CachedBlock(path: path, record: record, state: state(of: record, input: input, model: model))
    } catch {
      let state = blocks.contains(path) ? CachedBlock.State.stale("its record has no valid \(error.name)") : .missing
      return CachedBlock(path: path, record: nil, state: state)
    }
  }

  private func state(of record: BlockRecord, input: InputFingerprint?, model: String?) -> CachedBlock.State {
    if record.panelOrder != panelOrder ?? "" {
      return .stale("it was made with genes in another order than that of the store")
    }
    if let model, model != record.model {
      return .stale("the model \(record.model.prefix(12)) made it, not \(model.prefix(12))")
    }
    guard let input else { return .unchecked }
    return input == record.input
      ? .current : .stale("the expression, the samples, var/measured or the unit changed since it was made")
  }

  /// The block that a record without a path can only be meant for.
  private func path(named name: String) -> BlockPath {
    let candidates = [BlockPath.Group.obsm, .layers, .obs].map { BlockPath($0, name) }
    return candidates.first(where: blocks.contains) ?? candidates[0]
  }
}
