import Foundation
import Problems
import Yams

/// A value of a configuration with its place, so that every complaint about it can say where it stands.
package struct ConfigurationNode {
  let node: Node
  let file: String
  /// Keys from the top, such as `expression.unit`.
  let keyPath: String
  /// What was set on the command line, by the key it replaces.
  let settings: [String: String]
  /// The setting that the value comes from; nil: the file.
  private let setting: String?
  let manual: ConfigurationManual

  init(_ node: Node, file: String, settings: [String: String], manual: ConfigurationManual) {
    self.init(node: node, file: file, keyPath: "", settings: settings, setting: nil, manual: manual)
  }

  private init(
    node: Node, file: String, keyPath: String, settings: [String: String], setting: String?, manual: ConfigurationManual
  ) {
    self.node = node
    self.file = file
    self.keyPath = keyPath
    self.settings = settings
    self.setting = setting
    self.manual = manual
  }

  /// The file with line and column, or the setting that the value comes from.
  package var place: Place {
    if let setting { return Place("--set \(setting)") }
    return Place(file, line: node.mark?.line, field: node.mark.map { "\($0.column)" })
  }

  /// Whether a mapping stands here.
  package var isMapping: Bool { node.mapping != nil }

  /// A complaint about this value: its place, its dotted key, then `cause`.
  package func error(_ cause: String, remedy: String? = nil) -> ConfigurationError {
    ConfigurationError(at: place, keyPath.isEmpty ? cause : "\(keyPath): \(cause)", remedy: remedy)
  }

  func child(_ node: Node, _ key: String) -> ConfigurationNode {
    let keyPath = keyPath.isEmpty ? key : "\(keyPath).\(key)"
    return ConfigurationNode(
      node: node, file: file, keyPath: keyPath, settings: settings, setting: settings[keyPath] ?? setting,
      manual: manual)
  }

  /// A key of this mapping: it stands elsewhere, but complaints about it name the mapping.
  func key(_ key: Node) -> ConfigurationNode {
    let path = keyPath.isEmpty ? key.string ?? "" : "\(keyPath).\(key.string ?? "")"
    return ConfigurationNode(
      node: key, file: file, keyPath: keyPath, settings: settings, setting: settings[path] ?? setting, manual: manual)
  }

  private func expected(_ what: String, remedy: String? = nil) -> ConfigurationError {
    if node.isNull {
      return error("there is no value here", remedy: "give \(what), or leave the key out")
    }
    return error("\(what) is expected here, not \(node.sort)", remedy: remedy)
  }

  /// Text that is not empty; numbers and truth values are refused, as YAML would change `01` and `no`.
  package func text() throws -> String {
    guard case .scalar(let scalar) = node, node.hasTag(.str) else {
      throw expected("text", remedy: node.scalar.map { "put it in quotes: \"\($0.string)\"" } ?? "write one text")
    }
    guard !scalar.string.isEmpty else { throw error("the text is empty", remedy: "fill it, or leave the key out") }
    return scalar.string
  }

  /// A name that a file may have too; `thing` is what it names, such as "a store".
  package func name(of thing: String) throws -> String {
    let name = try text()
    guard name.wholeMatch(of: /[a-z0-9][a-z0-9._-]*/) != nil else {
      throw error("'\(name)' is no name for \(thing)", remedy: "use lower-case letters, digits, '.', '_' and '-'")
    }
    return name
  }

  /// Path of a file or a folder: a relative one starts from the configuration's own folder, one that was set on the
  /// command line from the present folder.
  package func path() throws -> String {
    let text = try text()
    return setting == nil ? beside(text) : text
  }

  /// A path that starts from the configuration's own folder, unless it is absolute.
  package func beside(_ name: String) -> String {
    let folder = (file as NSString).deletingLastPathComponent
    return name.hasPrefix("/") || folder.isEmpty ? name : "\(folder)/\(name)"
  }

  /// A finite number.
  package func number() throws -> Double {
    guard case .scalar(let scalar) = node, node.hasTag(.int) || node.hasTag(.float),
      let number = Double(scalar.string), number.isFinite
    else { throw expected("a number", remedy: "write it plainly, such as 0.5, without quotes") }
    return number
  }

  /// A whole number within `range`.
  package func integer(in range: ClosedRange<Int>) throws -> Int {
    let remedy = "write a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard case .scalar(let scalar) = node, node.hasTag(.int), let number = Int(scalar.string) else {
      throw expected("a whole number", remedy: remedy)
    }
    guard range.contains(number) else {
      throw error("\(number) is not from \(range.lowerBound) to \(range.upperBound)", remedy: remedy)
    }
    return number
  }

  /// A truth value, as YAML writes it.
  package func flag() throws -> Bool {
    guard case .scalar(let scalar) = node, node.hasTag(.bool), let flag = Bool(scalar.string.lowercased()) else {
      throw expected("true or false", remedy: "write true or false, without quotes")
    }
    return flag
  }

  /// One of a closed list of words.
  package func word<Word: RawRepresentable & CaseIterable>(_: Word.Type) throws -> Word where Word.RawValue == String {
    let text = try text()
    guard let word = Word(rawValue: text) else {
      let known = Word.allCases.map(\.rawValue)
      throw error("'\(text)' is not known here", remedy: "use one of \(known.joined(separator: ", "))")
    }
    return word
  }

  /// A list, with at least one element unless none means something.
  package func list<Element>(
    mayBeEmpty: Bool = false, _ element: (ConfigurationNode) throws -> Element
  ) throws -> [Element] {
    guard case .sequence(let sequence) = node else {
      throw expected("a list", remedy: "write [a, b], or '- a' on a line of its own for each")
    }
    guard mayBeEmpty || !sequence.isEmpty else {
      throw error("the list is empty", remedy: "fill it, or leave the key out")
    }
    return try sequence.enumerated().map { try element(child($1, "\($0 + 1)")) }
  }

  /// A list, or one element without the brackets.
  package func oneOrMore<Element>(_ element: (ConfigurationNode) throws -> Element) throws -> [Element] {
    guard case .sequence = node else { return [try element(self)] }
    return try list(element)
  }

  /// A mapping whose keys are names of the user's, in the order of the file; `check` may refuse a key, which it gets
  /// with its place.
  package func entries<Value>(
    _ value: (ConfigurationNode) throws -> Value,
    checking check: (String, ConfigurationNode) throws -> Void = { _, _ in }
  ) throws -> [(key: String, value: Value)] {
    guard case .mapping(let mapping) = node else {
      throw expected("a mapping", remedy: "write 'key: value', one a line")
    }
    guard !mapping.isEmpty else { throw error("the mapping is empty", remedy: "fill it, or leave the key out") }
    var seen: Set<String> = []
    let entries = try mapping.map { key, node in
      let name = try self.key(key).keyText()
      guard seen.insert(name).inserted else {
        throw self.key(key).error("the key '\(name)' is there twice", remedy: "leave one of them out")
      }
      return (key: name, value: try value(child(node, name)))
    }
    for (key, _) in mapping { try check(key.string ?? "", self.key(key)) }
    return entries
  }

  /// Entries whose keys become names of columns in the store.
  package func columns<Value>(_ value: (ConfigurationNode) throws -> Value) throws -> [(key: String, value: Value)] {
    try entries(value) { name, key in
      guard name.wholeMatch(of: /[A-Za-z][A-Za-z0-9._-]*/) != nil else {
        throw key.error(
          "'\(name)' is no name for a column", remedy: "use a letter, then letters, digits, '.', '_' and '-'")
      }
    }
  }

  /// A key of the user's: unlike a value it may be a number or a truth word, which then is its text.
  private func keyText() throws -> String {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else { throw error("a key must be text") }
    return scalar.string
  }

  /// A mapping whose keys are the configuration's: one that `read` did not ask for is an error.
  package func section<Section>(_ read: (ConfigurationSection) throws -> Section) throws -> Section {
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
