import Problems
import Yams

/// A value of a configuration with its place, so that every complaint about it can say where it stands.
struct ConfigurationNode {
  let node: Node
  let file: String
  /// Keys from the top, such as `expression.unit`.
  let path: String

  var place: Place { Place(file, line: node.mark?.line, field: node.mark.map { "\($0.column)" }) }

  func error(_ cause: String, remedy: String? = nil) -> ConfigurationError {
    ConfigurationError(at: place, path.isEmpty ? cause : "\(path): \(cause)", remedy: remedy)
  }

  func child(_ node: Node, _ key: String) -> ConfigurationNode {
    ConfigurationNode(node: node, file: file, path: path.isEmpty ? key : "\(path).\(key)")
  }

  /// Text; numbers and truth values are refused, as YAML would change `01` and `no`.
  func text() throws -> String {
    guard case .scalar(let scalar) = node, node.tag.description == Tag.Name.str.rawValue else {
      throw error("text is expected here", remedy: "put the value in quotes")
    }
    return scalar.string
  }

  func number() throws -> Double {
    guard let number = node.float, number.isFinite else { throw error("a number is expected here") }
    return number
  }

  func flag() throws -> Bool {
    guard let flag = node.bool else { throw error("true or false is expected here") }
    return flag
  }

  /// One of a closed list of words.
  func word<Word: RawRepresentable & CaseIterable>(_: Word.Type) throws -> Word where Word.RawValue == String {
    let text = try text()
    guard let word = Word(rawValue: text) else {
      let known = Word.allCases.map(\.rawValue)
      throw error("'\(text)' is not known here", remedy: "use one of \(known.joined(separator: ", "))")
    }
    return word
  }

  func list<Element>(_ element: (ConfigurationNode) throws -> Element) throws -> [Element] {
    guard case .sequence(let sequence) = node else { throw error("a list is expected here") }
    return try sequence.enumerated().map { try element(child($1, "\($0 + 1)")) }
  }

  /// A list, or one element without the brackets.
  func oneOrMore<Element>(_ element: (ConfigurationNode) throws -> Element) throws -> [Element] {
    guard case .sequence(let sequence) = node else { return [try element(self)] }
    guard !sequence.isEmpty else { throw error("the list is empty") }
    return try list(element)
  }

  /// A mapping whose keys are names of the user's, in the order of the file.
  func entries<Value>(_ value: (ConfigurationNode) throws -> Value) throws -> [(key: String, value: Value)] {
    guard case .mapping(let mapping) = node else { throw error("a mapping is expected here") }
    return try mapping.map { key, node in
      (try ConfigurationNode(node: key, file: file, path: path).keyText(), try value(child(node, key.string ?? "")))
    }
  }

  /// A key of the user's: unlike a value it may be a number or a truth word, which then is its text.
  private func keyText() throws -> String {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else { throw error("a key must be text") }
    return scalar.string
  }

  /// A mapping whose keys are the configuration's: one that `read` did not ask for is an error.
  func section<Section>(_ read: (ConfigurationSection) throws -> Section) throws -> Section {
    guard case .mapping(let mapping) = node else { throw error("a mapping is expected here") }
    let section = ConfigurationSection(self, mapping)
    let result = try read(section)
    try section.refuseUnknownKeys()
    return result
  }
}

/// The keys of one mapping, remembered as they are asked for.
final class ConfigurationSection {
  let node: ConfigurationNode
  private let mapping: Node.Mapping
  private var known: [String] = []

  init(_ node: ConfigurationNode, _ mapping: Node.Mapping) {
    self.node = node
    self.mapping = mapping
  }

  /// The value of `key`, or nil where it is left out.
  func optional<Value>(_ key: String, _ read: (ConfigurationNode) throws -> Value) throws -> Value? {
    known.append(key)
    return try mapping[Node(key)].map { try read(node.child($0, key)) }
  }

  /// The value of `key`; an error where it is left out.
  func required<Value>(_ key: String, _ read: (ConfigurationNode) throws -> Value) throws -> Value {
    guard let value = try optional(key, read) else { throw node.error("the key '\(key)' is missing") }
    return value
  }

  func refuseUnknownKeys() throws {
    for (key, _) in mapping {
      let name = key.string ?? ""
      guard !known.contains(name) else { continue }
      let near = known.min { $0.editDistance(to: name) < $1.editDistance(to: name) } ?? ""
      let key = ConfigurationNode(node: key, file: node.file, path: node.path)
      throw key.error(
        "the key '\(name)' is not known here",
        remedy: near.editDistance(to: name) <= 2
          ? "did you mean '\(near)'?" : "the keys are \(known.joined(separator: ", "))")
    }
  }
}

extension String {
  /// Levenshtein's distance: the fewest insertions, deletions and substitutions that lead to `other`.
  func editDistance(to other: String) -> Int {
    let target = Array(other)
    var row = Array(0...target.count)
    for (i, character) in enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for j in target.indices {
        let substituted = diagonal + (character == target[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = Swift.min(substituted, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[target.count]
  }
}
