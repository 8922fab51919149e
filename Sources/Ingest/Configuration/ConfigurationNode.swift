import Problems
import Yams

/// A value of a configuration with its place, so that every complaint about it can say where it stands.
struct ConfigurationNode {
  let node: Node
  let file: String
  /// Keys from the top, such as `expression.unit`.
  let path: String
  /// What was set on the command line, by the key it replaces.
  let settings: [String: String]
  /// The setting that the value comes from; nil: the file.
  private let setting: String?

  init(_ node: Node, file: String, settings: [String: String] = [:]) {
    self.init(node: node, file: file, path: "", settings: settings, setting: nil)
  }

  private init(node: Node, file: String, path: String, settings: [String: String], setting: String?) {
    self.node = node
    self.file = file
    self.path = path
    self.settings = settings
    self.setting = setting
  }

  var place: Place {
    if let setting { return Place("--set \(setting)") }
    return Place(file, line: node.mark?.line, field: node.mark.map { "\($0.column)" })
  }

  func error(_ cause: String, remedy: String? = nil) -> ConfigurationError {
    ConfigurationError(at: place, path.isEmpty ? cause : "\(path): \(cause)", remedy: remedy)
  }

  func child(_ node: Node, _ key: String) -> ConfigurationNode {
    let path = path.isEmpty ? key : "\(path).\(key)"
    return ConfigurationNode(
      node: node, file: file, path: path, settings: settings, setting: settings[path] ?? setting)
  }

  /// A key of this mapping: it stands elsewhere, but complaints about it name the mapping.
  func key(_ key: Node) -> ConfigurationNode {
    let path = path.isEmpty ? key.string ?? "" : "\(path).\(key.string ?? "")"
    return ConfigurationNode(
      node: key, file: file, path: self.path, settings: settings, setting: settings[path] ?? setting)
  }

  private func expected(_ what: String, remedy: String? = nil) -> ConfigurationError {
    if node.isNull {
      return error("there is no value here", remedy: "give \(what), or leave the key out")
    }
    return error("\(what) is expected here, not \(node.sort)", remedy: remedy)
  }

  /// Text that is not empty; numbers and truth values are refused, as YAML would change `01` and `no`.
  func text() throws -> String {
    guard case .scalar(let scalar) = node, node.hasTag(.str) else {
      throw expected("text", remedy: node.scalar.map { "put it in quotes: \"\($0.string)\"" } ?? "write one text")
    }
    guard !scalar.string.isEmpty else { throw error("the text is empty", remedy: "fill it, or leave the key out") }
    return scalar.string
  }

  func number() throws -> Double {
    guard case .scalar(let scalar) = node, node.hasTag(.int) || node.hasTag(.float),
      let number = Double(scalar.string), number.isFinite
    else { throw expected("a number", remedy: "write it plainly, such as 0.5, without quotes") }
    return number
  }

  func flag() throws -> Bool {
    guard case .scalar(let scalar) = node, node.hasTag(.bool), let flag = Bool(scalar.string.lowercased()) else {
      throw expected("true or false", remedy: "write true or false, without quotes")
    }
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

  /// A list with at least one element.
  func list<Element>(_ element: (ConfigurationNode) throws -> Element) throws -> [Element] {
    guard case .sequence(let sequence) = node else {
      throw expected("a list", remedy: "write [a, b], or '- a' on a line of its own for each")
    }
    guard !sequence.isEmpty else { throw error("the list is empty", remedy: "fill it, or leave the key out") }
    return try sequence.enumerated().map { try element(child($1, "\($0 + 1)")) }
  }

  /// A list, or one element without the brackets.
  func oneOrMore<Element>(_ element: (ConfigurationNode) throws -> Element) throws -> [Element] {
    guard case .sequence = node else { return [try element(self)] }
    return try list(element)
  }

  /// A mapping whose keys are names of the user's, in the order of the file.
  func entries<Value>(_ value: (ConfigurationNode) throws -> Value) throws -> [(key: String, value: Value)] {
    guard case .mapping(let mapping) = node else {
      throw expected("a mapping", remedy: "write 'key: value', one a line")
    }
    guard !mapping.isEmpty else { throw error("the mapping is empty", remedy: "fill it, or leave the key out") }
    var seen: Set<String> = []
    return try mapping.map { key, node in
      let name = try self.key(key).keyText()
      guard seen.insert(name).inserted else {
        throw self.key(key).error("the key '\(name)' is there twice", remedy: "leave one of them out")
      }
      return (name, try value(child(node, name)))
    }
  }

  /// Entries whose keys become names of columns in the store.
  func columns<Value>(_ value: (ConfigurationNode) throws -> Value) throws -> [(key: String, value: Value)] {
    let entries = try entries(value)
    for (key, _) in node.mapping ?? [:] {
      guard (key.string ?? "").wholeMatch(of: /[A-Za-z][A-Za-z0-9._-]*/) != nil else {
        throw self.key(key).error(
          "'\(key.string ?? "")' is no name for a column",
          remedy: "use a letter, then letters, digits, '.', '_' and '-'")
      }
    }
    return entries
  }

  /// A key of the user's: unlike a value it may be a number or a truth word, which then is its text.
  private func keyText() throws -> String {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else { throw error("a key must be text") }
    return scalar.string
  }

  /// A mapping whose keys are the configuration's: one that `read` did not ask for is an error.
  func section<Section>(_ read: (ConfigurationSection) throws -> Section) throws -> Section {
    guard case .mapping(let mapping) = node else {
      throw expected("a mapping", remedy: "write 'key: value', one a line")
    }
    let section = ConfigurationSection(self, mapping)
    let result = try read(section)
    try section.refuseUnknownKeys()
    return result
  }
}

extension Node {
  fileprivate func hasTag(_ name: Tag.Name) -> Bool { tag.description == name.rawValue }

  fileprivate var isNull: Bool { scalar != nil && hasTag(.null) }

  /// What the value is, for complaints.
  fileprivate var sort: String {
    switch self {
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "a reference"
    case .scalar(let scalar):
      if hasTag(.str) {
        "the text '\(scalar.string)'"
      } else if hasTag(.bool) {
        "the truth value \(scalar.string)"
      } else if hasTag(.int) || hasTag(.float) {
        "the number \(scalar.string)"
      } else {
        "'\(scalar.string)'"
      }
    }
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
    if let value = try optional(key, read) { return value }
    for (near, _) in mapping {
      guard let name = near.string, !known.contains(name), name.isNear(key) else { continue }
      throw node.key(near).error("the key '\(name)' is not known here", remedy: "did you mean '\(key)'?")
    }
    throw missing(key)
  }

  func missing(_ key: String, _ why: String = "") -> ConfigurationError {
    node.error("the key '\(key)' is missing\(why)", remedy: "add it; docs/ingest-configs.md says what goes there")
  }

  /// An error for the first of `keys` that is there though it would do nothing.
  func refuse(_ keys: some Sequence<String>, _ reason: String) throws {
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

extension String {
  /// Whether it may be a slip for `other`.
  fileprivate func isNear(_ other: String) -> Bool {
    let distance = editDistance(to: other)
    return distance <= 2 && distance < Swift.min(count, other.count)
  }

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
