import Formats
import Genes
import Problems
import Sources

/// How the identifiers of a list match the landmarks, and why not.
package struct GeneListInspection: Sendable, Encodable {
  package struct Unmatched: Sendable, Equatable, Encodable {
    package var line: Int
    package var identifier: String
    package var why: String
  }

  package struct Ambiguous: Sendable, Equatable, Encodable {
    package var line: Int
    package var identifier: String
    /// Symbols of the landmarks that it may mean.
    package var candidates: [String]
    package var why: String
  }

  /// A landmark that several rows stand for.
  package struct Repeated: Sendable, Equatable, Encodable {
    package var symbol: String
    package var lines: [Int]
  }

  package var path: String
  /// `lines`, `geneinfo_beta`, `Broad_LINCS_gene_info` or `table`.
  package var form: String
  /// Rows that were matched.
  package var rows: Int
  /// Rows of a gene table that it does not call landmarks, and that were not matched.
  package var otherRows: Int
  /// Rows that stand for a landmark.
  package var matched: Int
  /// Different landmarks among them.
  package var landmarks: Int
  package var routes: [String: Int] = [:]
  package var ambiguous: [Ambiguous] = []
  package var notLandmarks: [Unmatched] = []
  package var repeated: [Repeated]
  /// Symbols of the landmarks that no row stands for.
  package var missing: [String]

  /// Reads and matches a list; `kind` is that of a plain list's identifiers where it shall not be detected.
  ///
  /// Throws `FormatError` and `SourceError` where the list cannot be read, `InspectionError` where its columns say
  /// themselves what they hold.
  package init(of path: String, as kind: IdentifierKind? = nil) throws {
    let list = try LandmarkList(InputFile(path))
    if kind != nil, list.form != .lines {
      throw InspectionError(
        .contradiction, at: Place(path, line: 1), "the columns of this table say of what kind their identifiers are",
        remedy: "leave the kind out, or give a list with one identifier a line")
    }
    self.path = path
    form = list.form.rawValue
    (rows, otherRows) = (list.rows.count, list.others)
    (matched, landmarks, repeated, missing) = (0, 0, [], [])
    let matcher = GeneMatcher()
    var lines: [Int: [Int]] = [:]
    for row in list.rows {
      switch matcher.match(row, as: kind) {
      case .landmark(let index, let route):
        routes[route.rawValue, default: 0] += 1
        lines[index, default: []].append(row.line)
      case .ambiguous(let candidates, let why):
        ambiguous.append(
          Ambiguous(
            line: row.line, identifier: row.text,
            candidates: candidates.map { LandmarkPanel.shared.landmarks[$0].symbol }, why: why.description))
      case .notLandmark:
        notLandmarks.append(Unmatched(line: row.line, identifier: row.text, why: row.absence(as: kind)))
      }
    }
    matched = routes.values.reduce(0, +)
    landmarks = lines.count
    repeated = lines.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
      .map { Repeated(symbol: LandmarkPanel.shared.landmarks[$0.key].symbol, lines: $0.value) }
    missing = LandmarkPanel.shared.landmarks.filter { lines[$0.index] == nil }.map(\.symbol)
  }

  /// Throws if nothing matched.
  package func requireMatches() throws(InspectionError) {
    guard matched == 0 else { return }
    throw InspectionError(
      .noLandmark, at: Place(path), "none of \(Wording.count(rows, "identifier")) stands for a landmark gene",
      remedy: "check that it is a list of human genes, and of which kind its identifiers are (--kind)")
  }
}

extension LandmarkList.Row {
  fileprivate var text: String { identifiers.map(\.text).joined(separator: " | ") }

  /// Why the row stands for no landmark.
  fileprivate func absence(as declared: IdentifierKind?) -> String {
    guard let first = identifiers.first else { return "no identifier" }
    var text = first.text
    switch declared ?? first.kind ?? text.withUTF8({ IdentifierKind.detected(in: UnsafeRawBufferPointer($0)) }) {
    case .entrez: return "no landmark has or had this Entrez id"
    case .ensembl: return "no landmark has or had this Ensembl id"
    case .symbolWithEntrez, .symbolWithEnsembl: return "no landmark has this id or goes by this symbol alone"
    case .symbol, .l1000Symbol, .probe: return "no landmark goes by this symbol alone, today or before"
    case .none: return "nothing that names a gene"
    }
  }
}

extension GeneMatcher {
  fileprivate func match(_ row: LandmarkList.Row, as kind: IdentifierKind?) -> GeneMatch {
    if row.identifiers.count == 1, let only = row.identifiers.first { return match(only.text, as: kind ?? only.kind) }
    return match(row.identifiers.map { (kind: $0.kind ?? .symbol, value: $0.text) })
  }
}
