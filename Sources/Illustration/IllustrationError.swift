import Problems

/// Why a figure cannot be made of a store.
package typealias IllustrationError = Fault<IllustrationFault>

/// The kinds of `IllustrationError`.
package enum IllustrationFault: FaultKind {
  /// The store does not have what the figure shows.
  case missing
  /// There is no sample of that name.
  case unknownSample
  /// Two stores that do not go together.
  case mismatched
  /// A table that holds no training curves.
  case badTable
}
