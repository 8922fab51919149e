import Foundation
import Problems
import Yams

/// A configuration as its YAML file and the settings of the command line give it, before anybody reads its keys.
package struct ConfigurationFile {
  /// The whole of it.
  package let root: ConfigurationNode
  /// The file's text and what was set over it, without what belongs to one machine: what provenance records.
  package let effectiveText: String

  /// Reads the file; `settings` are `key=value` pairs that replace values, by dotted keys.
  ///
  /// Throws `ConfigurationError` with file:line:column.
  package init(_ path: String, settings: [String] = [], manual: ConfigurationManual) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ConfigurationError(
        at: Place(path), "there is no such configuration, or it may not be read", remedy: "check the name")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw ConfigurationError(at: Place(path), "the configuration is not UTF-8", remedy: "save it as UTF-8")
    }
    var node = try Self.parse(text, file: path, manual)
    var replaced: [String: String] = [:]
    for setting in settings { replaced[try Self.apply(setting, to: &node, manual)] = setting }
    root = ConfigurationNode(node, file: path, settings: replaced, manual: manual)
    effectiveText = Self.effectiveText(text, settings: settings, manual)
  }

  private static func parse(_ text: String, file: String, _ manual: ConfigurationManual) throws -> Node {
    do {
      guard let node = try Yams.compose(yaml: text) else {
        throw ConfigurationError(
          at: Place(file), "the configuration is empty", remedy: "see \(manual.page) for an example")
      }
      return node
    } catch let error as YamlError {
      if case .duplicatedKeysInMapping(let keys, _) = error {
        throw ConfigurationError(
          at: place(of: error, in: file), "the key '\(keys.first ?? "")' is there twice",
          remedy: "leave one of them out")
      }
      throw ConfigurationError(
        at: place(of: error, in: file), "this is no YAML: \(error.summary)",
        remedy: "indent with spaces, close what is open, and put text with ': ' or a special first character in quotes"
      )
    }
  }

  private static func place(of error: YamlError, in file: String) -> Place {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      Place(file, line: mark.line, field: "\(mark.column)")
    case .reader(_, let offset, _, let text):
      place(of: offset, of: text, in: file)
    case .duplicatedKeysInMapping(_, let context):
      Place(file, line: context.mark.line, field: "\(context.mark.column)")
    default: Place(file)
    }
  }

  /// Place of a character by its position in the text.
  private static func place(of offset: Int?, of text: String, in file: String) -> Place {
    guard let offset else { return Place(file) }
    let lines = text.prefix(offset).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return Place(file, line: lines.count, field: "\((lines.last?.count ?? 0) + 1)")
  }

  /// Replaces a value and returns the dotted key.
  private static func apply(_ setting: String, to node: inout Node, _ manual: ConfigurationManual) throws -> String {
    guard let sign = setting.firstIndex(of: "="), sign != setting.startIndex,
      setting.index(after: sign) != setting.endIndex
    else {
      throw ConfigurationError(
        at: Place("--set \(setting)"), "this sets nothing",
        remedy: "write --set key=value, such as --set \(manual.setting)")
    }
    let key = String(setting[..<sign])
    let value = try parse(String(setting[setting.index(after: sign)...]), file: "--set \(setting)", manual)
    let keys = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard set(value, at: keys[...], in: &node) else {
      throw ConfigurationError(
        at: Place("--set \(setting)"), "there is no such key",
        remedy: "name a key of a mapping, such as \(manual.nestedKey); a list is set as a whole: \(manual.list)")
    }
    return key
  }

  /// Puts a value in its place, making mappings on the way; false where the way leads through what is no mapping.
  private static func set(_ value: Node, at keys: ArraySlice<String>, in node: inout Node) -> Bool {
    guard let key = keys.first, !key.isEmpty, case .mapping(var mapping) = node else { return false }
    if keys.count == 1 {
      mapping[Node(key)] = value
    } else {
      var child = mapping[Node(key)] ?? Node.mapping(Node.Mapping([]))
      guard set(value, at: keys.dropFirst(), in: &child) else { return false }
      mapping[Node(key)] = child
    }
    node = .mapping(mapping)
    return true
  }

  private static func effectiveText(_ text: String, settings: [String], _ manual: ConfigurationManual) -> String {
    let recorded = settings.filter { setting in !manual.unrecorded.contains { setting.hasPrefix("\($0)=") } }
      .map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
    return recorded.isEmpty ? text : text + "\n# set: " + recorded.joined(separator: "\n# set: ") + "\n"
  }
}

extension YamlError {
  /// The parser's own words, without the excerpt of the text.
  fileprivate var summary: String {
    switch self {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
    case .reader(let problem, _, _, _): problem
    default: "\(self)"
    }
  }
}
