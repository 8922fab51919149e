import Problems

/// What is wrong with a file's bytes or its layout.
package struct FormatError: Problem, Equatable {
  package enum Kind: Sendable, Equatable {
    /// The file or the entry of an archive is not there, or may not be read.
    case unreadable
    /// The file ends before its content does.
    case truncated
    /// The bytes do not follow the format.
    case malformed
    /// The file is of another format than its name or the caller says.
    case wrongFormat
    /// A column, sheet, entry or key that is asked for is not there.
    case missing
    /// A declared size that would not fit in memory or in the file.
    case tooLarge
    /// The system refused to write.
    case unwritable
  }

  package var kind: Kind
  package var place: Place?
  package var cause: String
  package var remedy: String?

  package init(_ kind: Kind, at place: Place?, _ cause: String, remedy: String? = nil) {
    self.kind = kind
    self.place = place
    self.cause = cause
    self.remedy = remedy
  }

  package var origin: Origin { kind == .unwritable ? .program : .input }
}
