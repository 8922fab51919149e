import Configurations

extension ConfigurationManual {
  fileprivate static let ingest = ConfigurationManual(
    page: "docs/ingest-configs.md", setting: "root=/data", nestedKey: "expression.unit", list: "tables=[...]",
    unrecorded: ["root"])
}

extension IngestConfiguration {
  /// Reads and checks a configuration; `settings` are `key=value` pairs that replace values, by dotted keys.
  ///
  /// Throws `ConfigurationError` with file:line:column. Whether the files it names exist is found when they are opened.
  package init(path: String, settings: [String] = []) throws {
    let file = try ConfigurationFile(path, settings: settings, manual: .ingest)
    self = try file.root.section { try IngestConfiguration($0, file: path, text: file.effectiveText) }
  }
}
