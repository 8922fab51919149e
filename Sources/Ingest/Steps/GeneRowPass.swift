import Expression
import Formats
import Genes
import Problems
import Sources

/// A pass over a matrix with a gene a row, which may be cut into several files.
struct GeneRowPass {
  private(set) var matrix: CandidateMatrix
  private let setup: PassSetup

  /// Takes the samples from the first file's header.
  init(_ rows: any GeneRowSource, setup: PassSetup) {
    self.setup = setup
    let fields = rows.sampleFields
    let columns = rows.samples.enumerated().map { index, name in
      CandidateMatrix.Column(name: name, fields: fields.mapValues { $0[index] }, place: Place(rows.path, field: name))
    }
    matrix = CandidateMatrix(
      columns: columns, evidence: ValueEvidence(samples: columns.count, coversAllGenes: setup.parsesAllGenes))
    matrix.sums = setup.sums(samples: columns.count)
    matrix.reserve()
  }

  /// Reads one file to its end. Throws `SourceError` where its samples are not those of the first.
  mutating func add(_ rows: any GeneRowSource, of file: InputFile, drops: inout DropLog) throws {
    guard rows.samples == matrix.columns.map(\.name) else {
      throw SourceError(
        .inconsistent, at: Place(rows.path), "its samples are not those of the first file, in their order",
        remedy: "files of one matrix must be parts of one table; ingest other samples on their own")
    }
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: matrix.width)
    defer { buffer.deallocate() }
    let before = matrix.genesRead
    while try rows.advance() {
      matrix.genesRead += 1
      if matrix.genesRead % 64 == 0 { setup.progress?.advance(file.path, done: file.consumed.value, total: file.size) }
      let candidate = candidate(of: rows, drops: &drops)
      guard candidate != nil || setup.parsesAllGenes else { continue }
      try rows.values(into: buffer)
      matrix.evidence.add(row: UnsafeBufferPointer(buffer))
      let length = setup.needsLengths ? setup.lengths?[rows.identifiers] : nil
      if setup.needsLengths, length == nil {
        dropWithoutLength(candidate, at: rows.place, drops: &drops)
        continue
      }
      matrix.sums?.add(row: UnsafeBufferPointer(buffer), length: length)
      if let candidate { matrix.append(candidate, buffer, length: length, converting: setup.conversion) }
    }
    guard matrix.genesRead > before else {
      throw FormatError(.truncated, at: Place(rows.path), "the table has no rows", remedy: "fetch the file again")
    }
  }

  /// The present row as a candidate, if it stands for a landmark; makes strings of the names of no other row.
  private mutating func candidate(of rows: any GeneRowSource, drops: inout DropLog) -> CandidateRow? {
    let only = rows.onlyIdentifier
    let match = only.map { setup.matcher.match($0.text, as: $0.kind) } ?? setup.matcher.match(rows.identifiers)
    matrix.tally.add(match, source: rows.identifiers.name)
    switch match {
    case .landmark(let landmark, let route):
      return CandidateRow(landmark: landmark, route: route, source: rows.identifiers.name)
    case .ambiguous(_, let why):
      drops.drop(.gene, rows.identifiers.name, why.description, at: rows.place, group: why.group)
      return nil
    case .notLandmark: return nil
    }
  }

  private func dropWithoutLength(_ candidate: CandidateRow?, at place: Place, drops: inout DropLog) {
    if let candidate {
      drops.drop(.gene, candidate.source, "no length is known for it", at: place)
    } else {
      drops.count(.gene, "no length is known for it, so the sums over all genes lack it", 1)
    }
  }
}

extension Ambiguity {
  /// The reason without the names in it, under which such rows are counted.
  var group: String {
    switch self {
    case .sharedName: "several genes go by its name"
    case .severalGenes: "the probe measures several genes"
    case .contradiction: "its identifiers stand for different genes"
    case .spreadsheetDate: description
    }
  }
}
