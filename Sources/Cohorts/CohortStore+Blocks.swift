import Problems

extension CohortStore {
  /// What a model sees of the store. Reads X once, in blocks; asking again costs nothing.
  package func inputFingerprint() throws -> InputFingerprint {
    try fingerprint.withLock { known in
      if let known { return known }
      let made = try StoreError.reading { try InputFingerprint(of: root) }
      known = made
      return made
    }
  }

  /// Each block that a model wrote and each record of one, in the order of their paths.
  ///
  /// A block is current if its record agrees with the store as it is, and with the fingerprint of the weights in
  /// `model` if that is given. Without `isInputChecked` X is not read, and what is not stale otherwise is `.unchecked`.
  package func cachedBlocks(model: String? = nil, isInputChecked: Bool = true) throws -> [CachedBlock] {
    let catalog = try StoreError.reading { try BlockCatalog(root) }
    let input = isInputChecked && catalog.hasRecords ? try inputFingerprint() : nil
    return catalog.cachedBlocks(input: input, model: model)
  }

  /// The record of a block that may be used; throws `.stale`, with what to run, for any other.
  ///
  /// `model` is the fingerprint of the weights that must have made it; nil takes any.
  @discardableResult
  package func requireCurrent(_ path: BlockPath, model: String? = nil) throws -> BlockRecord {
    let block = try cachedBlocks(model: model).first { $0.path == path }
    if let block, block.state == .current, let record = block.record {
      try requireShape(of: path)
      return record
    }
    let cause =
      switch block?.state {
      case .stale(let reason): "is stale: \(reason)"
      case .unrecorded: "has no record of what made it"
      case .missing: "is not there, but only its record"
      case .current, .unchecked, nil: "is not there"
      }
    throw StoreError(.stale, at: Place(self.path, object: "/\(path)"), cause, remedy: path.remedy)
  }

  private func requireShape(of path: BlockPath) throws {
    guard path.group != .obs else { return }
    let shape = try StoreError.reading { try root.dataset(path.description).shape }
    guard shape.count == 2, shape[0] == samples, path.group == .obsm || shape[1] == genes else {
      throw StoreError(
        .stale, at: Place(self.path, object: "/\(path)"),
        "has shape \(shape); the store has \(samples) samples and \(genes) genes", remedy: path.remedy)
    }
  }
}
