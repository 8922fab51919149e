import Problems

/// What a portal's file lacks, or holds, that its layout does not allow.
package typealias SourceError = Fault<SourceFault>

/// The kinds of `SourceError`.
package enum SourceFault: FaultKind {
  /// The file is not laid out as the configuration says.
  case wrongLayout
  /// A column, sheet or companion file that the layout needs is not there.
  case missing
  /// Files that should belong together do not.
  case inconsistent
}
