import Problems

/// What is wrong with the gene identifiers of a source.
package typealias GeneError = Fault<GeneFault>

/// The kinds of `GeneError`.
package enum GeneFault: FaultKind {
  /// Not one identifier of the source stands for a landmark.
  case noLandmark
  /// The identifiers are not of one kind, so none can be assumed.
  case mixedKinds
}
