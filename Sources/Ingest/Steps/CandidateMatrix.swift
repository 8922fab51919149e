import Expression
import Genes
import Problems
import Sources

/// The rows of the sources that stand for landmarks, before duplicates of genes and samples are resolved.
struct CandidateMatrix {
  /// A column of values: one name of a sample in one file.
  struct Column {
    var name: String
    /// What the matrix file says of the sample.
    var fields: [String: String] = [:]
    var place: Place
  }

  var columns: [Column]
  var rows: [CandidateRow] = []
  /// Rows x columns, row-major, in the source's unit until it is converted; NaN where a value is missing.
  var values: [Float] = []
  var evidence: ValueEvidence
  var tally = MatchTally()
  /// Rows, or columns of a table of samples, that the sources hold in all.
  var genesRead = 0
  /// Lengths in bases of the rows, where the conversion needs them.
  var lengths: [Double] = []
  var sums: GeneSums?

  var width: Int { columns.count }

  /// Appends a row from `buffer`.
  mutating func append(_ row: CandidateRow, _ buffer: UnsafeBufferPointer<Float>, length: Double?) {
    rows.append(row)
    values.append(contentsOf: buffer)
    if let length { lengths.append(length) }
  }
}
