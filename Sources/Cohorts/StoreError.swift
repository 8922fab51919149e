import Problems

/// What is wrong with a cohort store, or why one could not be committed.
package struct StoreError: Problem, Equatable {
  package enum Kind: Sendable, Equatable {
    case unreadable
    /// The bytes changed since the store was committed, or part of them is missing.
    case damaged
    /// The file is sound HDF5 but does not keep the profile.
    case offProfile
    /// Another process is writing the store.
    case locked
    /// Nothing was put in place; the store that was there before still is.
    case notCommitted
    /// The new store is in place, but the disk has not confirmed it.
    case durabilityUncertain
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

  package var origin: Origin {
    switch kind {
    case .unreadable, .damaged, .offProfile, .locked: .input
    case .notCommitted, .durabilityUncertain: .program
    }
  }
}
