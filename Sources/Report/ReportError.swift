import Problems

/// Why a report cannot be made.
package typealias ReportError = Fault<ReportFault>

/// The kinds of `ReportError`.
package enum ReportFault: FaultKind {
  /// The content's file cannot be read.
  case unreadable
  /// The content does not hold together: a row of another width, an index beyond its list.
  case inconsistent
}
