import Problems

/// Why a part of a store cannot be handed on as asked.
package typealias ExchangeError = Fault<ExchangeFault>

/// The kinds of `ExchangeError`.
package enum ExchangeFault: FaultKind {
  /// The format cannot hold what is asked for.
  case unsuitable
  /// The store does not have it.
  case missing
  /// Nothing was put in place; the file that was there before still is.
  case notCommitted
  /// Another process is writing the file.
  case locked

  package var origin: Origin { self == .notCommitted ? .program : .input }
}
