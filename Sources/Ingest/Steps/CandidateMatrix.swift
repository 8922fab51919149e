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
  /// Rows x columns, row-major, NaN where a value is missing; in the source's unit unless `isConverted`.
  var values: [Float] = []
  /// Whether rows were converted as they were read, which needs no sums over all genes.
  var isConverted = false
  var clamped = Clamped()
  var evidence: ValueEvidence
  var tally = MatchTally()
  /// Rows, or columns of a table of samples, that the sources hold in all.
  var genesRead = 0
  /// Lengths in bases of the rows, where the conversion needs them.
  var lengths: [Double] = []
  var sums: GeneSums?

  var width: Int { columns.count }

  /// Takes room for three rows a landmark, as on a microarray. What is not filled is never touched, and so costs
  /// nothing; growing step by step would touch most of it twice.
  mutating func reserve() {
    let most = 1 << 24
    values.reserveCapacity(min(3 * LandmarkPanel.count * width, most))
  }

  /// Appends a row from `buffer`, which is converted in place where the conversion needs nothing but the row.
  mutating func append(
    _ row: CandidateRow, _ buffer: UnsafeMutableBufferPointer<Float>, length: Double?, converting: Conversion?
  ) {
    if let converting, converting.need == .nothing {
      converting.convert(buffer, scales: nil, clamped: &clamped)
      isConverted = true
    }
    rows.append(row)
    values.append(contentsOf: buffer)
    if let length { lengths.append(length) }
  }
}
