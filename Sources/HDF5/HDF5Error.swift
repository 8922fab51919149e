import Problems

/// A call to libhdf5 that failed, with the library's own error stack in `cause`.
package struct HDF5Error: Problem, Equatable {
  package enum Kind: Sendable, Equatable {
    /// The file is missing, is not HDF5, is cut short, or its content fails a checksum.
    case unreadable
    /// A group, data set or attribute is not there.
    case missing
    /// An object has another type or shape than the caller asks for.
    case mismatch
    /// A declared shape or chunk that would not fit in memory or in the file.
    case tooLarge
    /// Another process holds the file.
    case locked
    /// The library or the system refused to write.
    case unwritable
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

  package var origin: Origin { kind == .unwritable ? .program : .input }
}
