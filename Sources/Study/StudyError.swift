import Problems

/// Why a study cannot be run.
package typealias StudyError = Fault<StudyFault>

/// The kinds of `StudyError`.
package enum StudyFault: FaultKind {
  /// A file that the study names is not there or cannot be read.
  case missingInput
  /// Another run holds the results folder.
  case locked
  /// A file of the results folder is not what a study wrote.
  case damaged
  /// The results folder cannot be written.
  case unwritable
  /// The cohorts lack what a step needs.
  case unsuitable

  package var origin: Origin { self == .unwritable ? .program : .input }
}
