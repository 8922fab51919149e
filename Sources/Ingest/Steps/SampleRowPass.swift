import Expression
import Formats
import Genes
import Problems
import Sources

/// A pass over a matrix with a sample a row, whose samples may be spread over several files.
struct SampleRowPass {
  private struct Candidate {
    /// Position among the columns that are read.
    let position: Int
    let row: CandidateRow
    let length: Double?
  }

  private let setup: PassSetup
  private let genes: [[GeneIdentifier]]
  private var tally = MatchTally()
  private var candidates: [Candidate] = []
  /// Columns that are read, ascending.
  private var read: [Int] = []
  /// Lengths of the genes in `read`, where they are needed.
  private var lengths: [Double?] = []
  private var columns: [CandidateMatrix.Column] = []
  /// Samples x `read`.
  private var values: [Float] = []

  /// Matches the first file's columns.
  init(_ rows: any SampleRowSource, setup: PassSetup, drops: inout DropLog) throws {
    self.setup = setup
    genes = rows.genes
    for (column, identifiers) in genes.enumerated() {
      let place = Place(rows.path, line: 1, field: identifiers.name)
      let match = setup.matcher.match(identifiers)
      tally.add(match, source: identifiers.name)
      if case .ambiguous(_, let why) = match {
        drops.drop(.gene, identifiers.name, why.description, at: place, group: why.group)
      }
      var isWanted = false
      let length = setup.needsLengths ? setup.lengths?[identifiers] : nil
      if case .landmark(let landmark, let route) = match {
        isWanted = !setup.needsLengths || length != nil
        if isWanted {
          let row = CandidateRow(landmark: landmark, route: route, source: identifiers.name)
          candidates.append(Candidate(position: read.count, row: row, length: length))
        } else {
          drops.drop(.gene, identifiers.name, "no length is known for it", at: place)
        }
      }
      if isWanted || setup.parsesAllGenes {
        read.append(column)
        lengths.append(length)
      }
    }
  }

  /// Reads one file's samples. Throws `SourceError` where its genes are not those of the first.
  mutating func add(_ rows: any SampleRowSource, of file: InputFile) throws {
    guard rows.genes == genes else {
      throw SourceError(
        .inconsistent, at: Place(rows.path), "its genes are not those of the first file, in their order",
        remedy: "files of one cohort must have the same columns; ingest others on their own")
    }
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: read.count)
    defer { buffer.deallocate() }
    let fields = rows.sampleFields
    let before = columns.count
    while try rows.advance() {
      setup.progress?.advance(file.path, done: file.consumed.value, total: file.size)
      try rows.values(of: read, into: buffer)
      let sample = columns.count - before
      columns.append(
        CandidateMatrix.Column(name: rows.sample, fields: fields.mapValues { $0[sample] }, place: rows.place))
      values.append(contentsOf: buffer)
    }
    guard columns.count > before else {
      throw FormatError(.truncated, at: Place(rows.path), "the table has no rows", remedy: "fetch the file again")
    }
  }

  /// What was read, turned into genes x samples.
  func matrix() throws -> CandidateMatrix {
    var matrix = CandidateMatrix(
      columns: columns, evidence: ValueEvidence(samples: columns.count, coversAllGenes: setup.parsesAllGenes))
    matrix.tally = tally
    matrix.genesRead = genes.count
    matrix.sums = setup.sums(samples: columns.count)
    var next = candidates[...]
    var row = [Float](repeating: 0, count: columns.count)
    for position in read.indices {
      for sample in columns.indices { row[sample] = values[sample * read.count + position] }
      row.withUnsafeMutableBufferPointer { row in
        let values = UnsafeBufferPointer(row)
        matrix.evidence.add(row: values)
        if !setup.needsLengths || lengths[position] != nil { matrix.sums?.add(row: values, length: lengths[position]) }
        if let candidate = next.first, candidate.position == position {
          matrix.append(candidate.row, row, length: candidate.length, converting: setup.conversion)
          next.removeFirst()
        }
      }
    }
    return matrix
  }
}
