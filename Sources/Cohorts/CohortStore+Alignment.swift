import HDF5
import Problems

extension CohortStore {
  /// What `uns/alignment` says; nil in a store that was not aligned. Throws `StoreError` with the member that is wrong.
  package func alignment() throws -> AlignmentSummary? {
    guard let value = try value(at: AlignmentSummary.Part.summary) else { return nil }
    return try AlignmentSummary(value, at: Place(path, object: "/\(Member.uns)/\(AlignmentSummary.Part.summary)"))
  }

  /// Some rows of a matrix in obsm, row after row, into memory of the caller.
  package func read(obsm name: String, _ rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    try StoreError.reading {
      try Matrix.dataset(name, in: root.group(Member.obsm)).read(rows, into: buffer)
    }
  }
}
