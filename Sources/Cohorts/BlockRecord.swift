import Problems

/// How a cached block was made, kept under `uns/embeddings/<name of the block>`.
package struct BlockRecord: Sendable, Equatable {
  /// The fingerprint of the weights that made it, in hexadecimal digits.
  package var model: String
  /// What the model saw of the store.
  package var input: InputFingerprint
  /// The order of genes that the model works in, as in `uns/therapi/panel_order`.
  package var panelOrder: String
  /// What else the result depends on, such as the preset; keys without "/".
  package var settings: [String: String]
  /// The version of the program.
  package var toolVersion: String
  /// More that belongs to the block, such as the names of its columns.
  package var extra: [String: StoreValue]

  package init(
    model: String, input: InputFingerprint, panelOrder: String, settings: [String: String] = [:], toolVersion: String,
    extra: [String: StoreValue] = [:]
  ) {
    let reserved = extra.keys.filter { Key(rawValue: $0) != nil }
    precondition(reserved.isEmpty, "\(reserved) are members of every record")
    (self.model, self.input, self.panelOrder) = (model, input, panelOrder)
    (self.settings, self.toolVersion, self.extra) = (settings, toolVersion, extra)
  }

  /// The members of every record.
  private enum Key: String {
    case block
    case model
    case input
    case panelOrder = "panel_order"
    case settings
    case toolVersion = "tool_version"
  }

  /// The record of the block at `path`, as it stands in a store.
  func value(for path: BlockPath) -> StoreValue {
    var members = extra
    members[Key.block.rawValue] = .string(path.description)
    members[Key.model.rawValue] = .string(model)
    members[Key.input.rawValue] = .string(input.sha256)
    members[Key.panelOrder.rawValue] = .string(panelOrder)
    members[Key.settings.rawValue] = .group(settings.mapValues(StoreValue.string))
    members[Key.toolVersion.rawValue] = .string(toolVersion)
    return .group(members)
  }

  /// The block that a record is of; nil if it does not tell, or has another name than the block.
  static func path(in value: StoreValue, named name: String) -> BlockPath? {
    guard case .group(let members) = value, case .string(let text) = members[Key.block.rawValue],
      let path = BlockPath(text), path.name == name
    else { return nil }
    return path
  }

  /// Reads a record; fails with the member that it lacks or that is of another type.
  init(_ value: StoreValue) throws(BadMember) {
    guard case .group(let members) = value else { throw BadMember(name: Key.block.rawValue) }
    func text(_ key: Key) throws(BadMember) -> String {
      guard case .string(let text) = members[key.rawValue] else { throw BadMember(name: key.rawValue) }
      return text
    }
    guard case .group(let settings) = members[Key.settings.rawValue] else {
      throw BadMember(name: Key.settings.rawValue)
    }
    self.init(
      model: try text(.model), input: InputFingerprint(sha256: try text(.input)), panelOrder: try text(.panelOrder),
      toolVersion: try text(.toolVersion), extra: members.filter { Key(rawValue: $0.key) == nil })
    for (key, value) in settings {
      guard case .string(let text) = value else { throw BadMember(name: "\(Key.settings.rawValue)/\(key)") }
      self.settings[key] = text
    }
  }

  /// A member that a record must have as a text, and has not.
  struct BadMember: Error {
    let name: String
  }
}
