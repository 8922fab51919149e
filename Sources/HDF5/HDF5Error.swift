import Problems

/// A call to libhdf5 that failed, with the library's own error stack in `cause`.
package typealias HDF5Error = Fault<HDF5Fault>

/// The kinds of `HDF5Error`.
package enum HDF5Fault: FaultKind {
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

  package var origin: Origin { self == .unwritable ? .program : .input }
}
