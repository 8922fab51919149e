import Configurations
import Problems

extension TissueMap {
  /// Whether a text can be the common word for a tissue.
  static func isTissue(_ text: String) -> Bool { text.wholeMatch(of: /[a-z][a-z0-9]*(?:-[a-z0-9]+)*/) != nil }

  /// The common word for a tissue.
  static func tissue(_ node: ConfigurationNode) throws -> String {
    let text = try node.text()
    guard isTissue(text) else {
      throw node.error(
        "'\(text)' is no word for a tissue", remedy: "use lower-case letters, digits and '-', such as large-intestine")
    }
    return text
  }

  /// Reads `map`, `drop` and `unmapped` of a section; `map` may name a file with a map and words to drop.
  init(_ section: ConfigurationSection) throws {
    let map = try section.required("map") { node in
      node.isMapping ? Words(place: node.place, tissues: try Words.tissues(node)) : try Words(file: node.path())
    }
    let isInline = map.file == nil
    let dropped = try section.optional("drop") { try Words.dropped($0, from: isInline ? map.tissues : [:]) } ?? []
    self.init(
      place: map.place, tissues: map.tissues, dropped: map.dropped.union(dropped),
      unmapped: try section.optional("unmapped") { try $0.word(Unmapped.self) } ?? .error)
  }
}

/// A map as it is written, in a file of its own or inline.
private struct Words {
  var place: Place
  var tissues: [String: String] = [:]
  var dropped: Set<String> = []
  /// Nil: it stands in the configuration itself.
  var file: String?

  init(place: Place, tissues: [String: String]) {
    (self.place, self.tissues) = (place, tissues)
  }

  init(file path: String) throws {
    self.init(place: Place(path), tissues: [:])
    file = path
    try ConfigurationFile(path, manual: .alignment).root.section { section in
      _ = try section.optional("title") { try $0.text() }
      (place, tissues) = try section.required("map") { ($0.place, try Self.tissues($0)) }
      dropped = try section.optional("drop") { try Self.dropped($0, from: tissues) } ?? []
    }
  }

  static func tissues(_ node: ConfigurationNode) throws -> [String: String] {
    var folded: Set<String> = []
    let entries = try node.entries {
      try TissueMap.tissue($0)
    } checking: { word, key in
      guard folded.insert(word.lowercased()).inserted else {
        throw key.error("'\(word)' is there in other case too", remedy: "name each word once; case does not matter")
      }
    }
    return Dictionary(entries.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  static func dropped(_ node: ConfigurationNode, from tissues: [String: String]) throws -> Set<String> {
    Set(
      try node.list { node in
        let word = try node.text()
        guard tissues[word.lowercased()] == nil else {
          throw node.error("'\(word)' is mapped as well", remedy: "map it or drop it")
        }
        return word.lowercased()
      })
  }
}
