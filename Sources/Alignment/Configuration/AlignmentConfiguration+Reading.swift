import Configurations

extension ConfigurationManual {
  static let alignment = ConfigurationManual(
    page: "docs/align-configs.md", setting: "settings.epochs=50", nestedKey: "source.tissue.column",
    list: "target.train.values=[...]")
}

extension AlignmentConfiguration {
  /// Reads and checks a configuration, and the tissue maps that it names; `settings` are `key=value` pairs that replace
  /// values, by dotted keys.
  ///
  /// Throws `ConfigurationError` with file:line:column.
  package init(path: String, settings: [String] = []) throws {
    let file = try ConfigurationFile(path, settings: settings, manual: .alignment)
    self = try file.root.section { try AlignmentConfiguration($0, file: path, text: file.effectiveText) }
  }

  private init(_ section: ConfigurationSection, file: String, text: String) throws {
    self.file = file
    effectiveText = text
    name = try section.required("name") { try $0.name(of: "an alignment") }
    title = try section.optional("title") { try $0.text() }
    let preset = try section.required("preset") { try $0.word(AlignerPreset.self) }
    self.preset = preset
    settings =
      try section.optional("settings") { try $0.section { try AlignerSettings($0, over: preset.settings) } }
      ?? preset.settings
    source = try section.required("source") { try $0.section { try $0.required("tissue", Tissues.init) } }
    let side = try section.required("target") { try $0.section(TargetSide.init) }
    (target, training, notInSource) = (side.tissues, side.training, side.notInSource)
  }

  private struct TargetSide {
    let tissues: Tissues
    let training: Training
    let notInSource: NotInSource

    init(_ section: ConfigurationSection) throws {
      tissues = try section.required("tissue", Tissues.init)
      training = try section.optional("train", Training.init) ?? .withoutResponses
      notInSource = try section.optional("not-in-source") { try $0.word(NotInSource.self) } ?? .error
    }
  }
}

extension AlignmentConfiguration.Tissues {
  fileprivate init(_ node: ConfigurationNode) throws {
    self = try node.section { section in
      Self(column: try section.required("column") { try $0.text() }, map: try TissueMap(section))
    }
  }
}

/// The configuration's words for rules on training; a column is named by a mapping instead.
enum TrainingWord: String, CaseIterable {
  case all
  case withoutResponses = "without-responses"
}

extension AlignmentConfiguration.Training {
  fileprivate init(_ node: ConfigurationNode) throws {
    if node.isMapping {
      self = try node.section { section in
        .column(
          try section.required("column") { try $0.text() },
          values: try section.required("values") { try $0.oneOrMore { try $0.text() } })
      }
    } else {
      switch try node.word(TrainingWord.self) {
      case .all: self = .all
      case .withoutResponses: self = .withoutResponses
      }
    }
  }
}

extension AlignerSettings {
  fileprivate init(_ section: ConfigurationSection, over preset: AlignerSettings) throws {
    self = preset
    for setting in Setting.all {
      guard let read = try section.optional(setting.name, { try read($0, setting) }) else { continue }
      self = read
    }
  }

  private func read(_ node: ConfigurationNode, _ setting: Setting) throws -> AlignerSettings {
    var settings = self
    try setting.read(node, &settings)
    return settings
  }
}
