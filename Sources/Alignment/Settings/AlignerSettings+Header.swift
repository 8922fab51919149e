import Problems

extension AlignerSettings {
  /// Every setting as text by its name, for the header of a checkpoint; one that is off is left out.
  package var header: [String: String] {
    Dictionary(
      uniqueKeysWithValues: Setting.all.compactMap { setting in setting.text(self).map { (setting.name, $0) } })
  }

  /// Reads a header back; `place` is where it stands.
  ///
  /// Throws `AlignmentError` for a setting that is missing, unknown or has no possible value: then another version wrote
  /// it, and what it trained is not what these settings would say.
  package init(header: [String: String], at place: Place?) throws {
    self = AlignerPreset.paper.settings
    for setting in Setting.all where !setting.parse(header[setting.name], &self) {
      let value = header[setting.name].map { "has no meaning as '\($0)'" } ?? "is missing"
      throw Self.unreadable("the setting '\(setting.name)' \(value)", at: place)
    }
    if let name = Set(header.keys).subtracting(Setting.all.map(\.name)).min() {
      throw Self.unreadable("the setting '\(name)' is not known here", at: place)
    }
  }

  private static func unreadable(_ cause: String, at place: Place?) -> AlignmentError {
    AlignmentError(.settings, at: place, cause, remedy: "use the version of therapi that wrote it, or train again")
  }
}

extension AlignerSettings: Codable {
  /// Reads the flat dictionary of `header`.
  package init(from decoder: any Decoder) throws {
    try self.init(header: decoder.singleValueContainer().decode([String: String].self), at: nil)
  }

  /// Writes the flat dictionary of `header`.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(header)
  }
}
