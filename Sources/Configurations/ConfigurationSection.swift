import Yams

/// The keys of one mapping, remembered as they are asked for.
package final class ConfigurationSection {
  /// The mapping itself.
  package let node: ConfigurationNode
  private let mapping: Node.Mapping
  private var known: [String] = []

  init(_ node: ConfigurationNode, _ mapping: Node.Mapping) {
    self.node = node
    self.mapping = mapping
  }

  /// The value of `key`, or nil where it is left out.
  package func optional<Value>(_ key: String, _ read: (ConfigurationNode) throws -> Value) throws -> Value? {
    known.append(key)
    return try mapping[Node(key)].map { try read(node.child($0, key)) }
  }

  /// The value of `key`; an error where it is left out.
  package func required<Value>(_ key: String, _ read: (ConfigurationNode) throws -> Value) throws -> Value {
    if let value = try optional(key, read) { return value }
    for (near, _) in mapping {
      guard let name = near.string, !known.contains(name), name.isNear(key) else { continue }
      throw node.key(near).error("the key '\(name)' is not known here", remedy: "did you mean '\(key)'?")
    }
    throw missing(key)
  }

  /// The error for a key that is left out though `why` asks for it.
  package func missing(_ key: String, _ why: String = "") -> ConfigurationError {
    node.error("the key '\(key)' is missing\(why)", remedy: "add it; \(node.manual.page) says what goes there")
  }

  /// An error for the first of `keys` that is there though it would do nothing.
  package func refuse(_ keys: some Sequence<String>, _ reason: String) throws {
    let keys = Set(keys)
    for (key, _) in mapping {
      guard let name = key.string, keys.contains(name) else { continue }
      throw node.key(key).error("the key '\(name)' means nothing \(reason)", remedy: "leave it out")
    }
  }

  func refuseUnknownKeys() throws {
    for (key, _) in mapping {
      let name = key.string ?? ""
      guard !known.contains(name) else { continue }
      let near = known.min { $0.editDistance(to: name) < $1.editDistance(to: name) } ?? ""
      throw node.key(key).error(
        name.isEmpty ? "a key must be text" : "the key '\(name)' is not known here",
        remedy: name.isNear(near) ? "did you mean '\(near)'?" : "the keys are \(known.joined(separator: ", "))")
    }
  }
}
