import Problems

/// What is wrong with a file's bytes or its layout.
package typealias FormatError = Fault<FormatFault>

/// The kinds of `FormatError`.
package enum FormatFault: FaultKind {
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
  /// Another process is writing the file.
  case locked
  /// Nothing was put in place; the file that was there before still is.
  case notCommitted
  /// The new file is in place, but the disk has not confirmed it.
  case durabilityUncertain

  package var origin: Origin {
    switch self {
    case .unreadable, .truncated, .malformed, .wrongFormat, .missing, .tooLarge, .locked: .input
    case .unwritable, .notCommitted, .durabilityUncertain: .program
    }
  }
}
