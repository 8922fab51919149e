import Cohorts

extension StoreInspection {
  /// A block that a model wrote into the store, or the record of one, and whether it may be used.
  package struct Embedding: Sendable, Equatable, Encodable {
    /// Path in the store, such as `obsm/X_therapi`.
    package var block: String
    /// `current`, `stale`, `unrecorded` (a block alone), `missing` (a record alone) or `unchecked`.
    package var state: String
    /// Why a block is stale.
    package var reason: String?
    /// Fingerprint of the weights that made it.
    package var model: String?
    /// Fingerprint of what the model saw.
    package var input: String?
    package var panelOrder: String?
    package var settings: [String: String]
    package var toolVersion: String?
    /// Single values among the rest of the record.
    package var details: [String: Scalar]

    init(_ block: CachedBlock) {
      self.block = block.path.description
      (state, reason) = Self.words(block.state)
      model = block.record?.model
      input = block.record?.input.sha256
      panelOrder = block.record?.panelOrder
      settings = block.record?.settings ?? [:]
      toolVersion = block.record?.toolVersion
      details = block.record?.extra.compactMapValues(Scalar.init) ?? [:]
    }

    /// Of the drugs' embeddings of a cohort, which are no block.
    init(drugs state: CachedBlock.State, in store: CohortStore) throws {
      block = "uns/\(DrugEmbeddings.path)"
      (self.state, reason) = Self.words(state)
      let members = try store.scalars(at: DrugEmbeddings.path)
      func text(_ name: String) -> String? {
        if case .string(let text) = members[name] { text } else { nil }
      }
      (model, input, panelOrder) = (text("model"), text("input"), text("panel_order"))
      toolVersion = text("tool_version")
      settings = try store.scalars(at: "\(DrugEmbeddings.path)/settings").mapValues { "\($0)" }
      details = members.filter { ["kind", "source"].contains($0.key) }
    }

    private static func words(_ state: CachedBlock.State) -> (state: String, reason: String?) {
      switch state {
      case .current: ("current", nil)
      case .stale(let reason): ("stale", reason)
      case .unrecorded: ("unrecorded", nil)
      case .missing: ("missing", nil)
      case .unchecked: ("unchecked", nil)
      }
    }

    /// One line for people.
    var text: String {
      let told =
        switch state {
        case "stale": "stale: \(reason ?? "")"
        case "unrecorded": "no record of what made it"
        case "missing": "missing: there is only its record"
        case "unchecked": "not compared with X (the store is large; `therapi verify` does)"
        default: state
        }
      var parts = [told]
      if let model { parts.append("model \(Wording.short(sha256: model))") }
      parts += settings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      parts += details.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      if let toolVersion { parts.append("therapi \(toolVersion)") }
      return "\(block): \(parts.joined(separator: ", "))"
    }
  }
}
