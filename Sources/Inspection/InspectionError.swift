import Problems

/// Why something cannot be shown as asked.
package typealias InspectionError = Fault<InspectionFault>

/// The kinds of `InspectionError`.
package enum InspectionFault: FaultKind {
  /// The file states itself what the caller declares.
  case contradiction
  /// No identifier of a list stands for a landmark.
  case noLandmark
}
