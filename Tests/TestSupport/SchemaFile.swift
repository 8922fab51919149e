import Foundation

/// A JSON Schema of the house, to hold the program's words against.
package struct SchemaFile {
  package let content: [String: Any]
  package let definitions: [String: Any]

  /// Reads `schemas/NAME`.
  package init(_ name: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(Checkout.folder)/schemas/\(name)"))
    content = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    definitions = content["$defs"] as? [String: Any] ?? [:]
  }

  /// The definitions that list words, with the words.
  package var words: [String: [String]] {
    definitions.compactMapValues { ($0 as? [String: Any])?["enum"] as? [String] }
  }

  /// Keys that have no title or no description, by their paths.
  package var undescribed: [String] {
    var plain: [String] = []
    func visit(_ value: Any, _ path: String) {
      if let list = value as? [Any] {
        for element in list { visit(element, path) }
      }
      guard let object = value as? [String: Any] else { return }
      for (key, child) in object {
        // What stands in a condition describes nothing new.
        if ["if", "then", "else", "allOf", "anyOf", "not"].contains(key) { continue }
        if key == "properties", let properties = child as? [String: Any] {
          for (name, property) in properties where !describes(property) { plain.append("\(path).\(name)") }
        }
        visit(child, "\(path).\(key)")
      }
    }
    visit(content, "")
    return plain
  }

  /// Whether a property has a title and a description, or the definition that it refers to has.
  private func describes(_ property: Any) -> Bool {
    guard let property = property as? [String: Any] else { return false }
    if property["title"] != nil, property["description"] != nil { return true }
    let name = (property["$ref"] as? String)?.split(separator: "/").last.map(String.init) ?? ""
    let definition = definitions[name] as? [String: Any]
    return definition?["title"] != nil && definition?["description"] != nil
  }
}
