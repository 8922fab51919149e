/// A format that a store's content is handed on in.
package enum ExportFormat: String, Sendable, CaseIterable {
  case csv
  case tsv
  /// A float32 matrix without names.
  case npy
  /// GCT 1.3: genes x samples with the tables of both, as text.
  case gct
  /// The same in HDF5, as CMap's tools read it.
  case gctx

  /// Whether it holds tables as well as matrices.
  package var holdsTables: Bool { self == .csv || self == .tsv }

  /// Whether it is written from front to back, so that it can be compressed or sent down a pipe.
  package var isStream: Bool { self != .gctx }
}
