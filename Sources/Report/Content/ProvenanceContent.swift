/// What the study was made from, with what, and how to make it again.
package struct ProvenanceContent: Codable, Sendable, Equatable {
  package var inputs: [Input]
  package var versions: [Entry]
  package var settings: [Entry]
  package var commands: [String]
  /// The results folder, file by file.
  package var files: [Entry]

  package init(
    inputs: [Input] = [], versions: [Entry] = [], settings: [Entry] = [], commands: [String] = [], files: [Entry] = []
  ) {
    self.inputs = inputs
    self.versions = versions
    self.settings = settings
    self.commands = commands
    self.files = files
  }

  /// A file that was read.
  package struct Input: Codable, Sendable, Equatable {
    package var file: String
    package var role: String
    package var sha256: String

    package init(file: String, role: String, sha256: String) {
      (self.file, self.role, self.sha256) = (file, role, sha256)
    }
  }

  /// A name and what it stands for.
  package struct Entry: Codable, Sendable, Equatable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      (self.name, self.value) = (name, value)
    }
  }
}
