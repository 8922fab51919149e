import Problems

/// What is wrong with a cohort store, or why one could not be committed.
package typealias StoreError = Fault<StoreFault>

/// The kinds of `StoreError`.
package enum StoreFault: FaultKind {
  case unreadable
  /// The bytes changed since the store was committed, or part of them is missing.
  case damaged
  /// The file is sound HDF5 but does not keep the profile.
  case offProfile
  /// A cached block is not there, has no record, or was made of other data or with another model.
  case stale
  /// Another process is writing the store.
  case locked
  /// Nothing was put in place; the store that was there before still is.
  case notCommitted
  /// The new store is in place, but the disk has not confirmed it.
  case durabilityUncertain

  package var origin: Origin {
    switch self {
    case .unreadable, .damaged, .offProfile, .stale, .locked: .input
    case .notCommitted, .durabilityUncertain: .program
    }
  }
}
