import Cohorts
import Exchange
import Problems

/// The cell lines and the patients of an alignment as points of one space.
struct AlignedPair {
  let source: CohortStore
  let target: CohortStore
  let alignment: AlignmentSummary
  /// Rows of the source that the aligner was trained on, in the order of its cell lines.
  private let lines: [Int]

  /// Throws `.missing` where the patients were not aligned, `.mismatched` where it was to other cell lines.
  init(source path: String, target: String) throws {
    (source, self.target) = (try CohortStore(path), try CohortStore(target))
    alignment = try StoreFigure.alignment(of: self.target)
    let rows = Dictionary(uniqueKeysWithValues: try source.obs().index.enumerated().map { ($1, $0) })
    lines = alignment.cellLines.compactMap { rows[$0.name] }
    guard lines.count == alignment.cellLines.count, !lines.isEmpty else {
      throw IllustrationError(
        .mismatched, at: Place(path),
        "has \(lines.count) of the \(alignment.cellLines.count) cell lines that \(target) was aligned to",
        remedy: "give the store '\(alignment.source)' as --source")
    }
  }

  var sources: Int { lines.count }
  var samples: Int { lines.count + target.samples }

  /// Tissues of the lines in the alignment's words, then those of the patients in the words of their store.
  func tissues() throws -> [String] {
    let column = try target.obs()["tissue"]
    return alignment.cellLines.map { $0.tissue ?? "" } + (0..<target.samples).map { column?.text(at: $0) ?? "" }
  }

  /// Samples x features, lines first.
  func points(in space: ProjectionSpace) throws -> (values: [Float], features: Int) {
    switch space {
    case .raw: return try joined(target.matrix(), isRaw: true)
    case .aligned:
      try target.requireCurrent(.aligned)
      return try joined(target.layer(AlignmentSummary.Part.expression), isRaw: false)
    case .latent:
      for store in [source, target] { try store.requireCurrent(.latent) }
      let (own, other) = (try source.obsm(BlockPath.latent.name), try target.obsm(BlockPath.latent.name))
      guard own.columns == other.columns else {
        throw IllustrationError(
          .mismatched, at: Place(target.path, object: "/\(BlockPath.latent)"),
          "has \(other.columns) columns, that of the cell lines \(own.columns)", remedy: "align them again")
      }
      return (chosen(own).values + other.values, own.columns)
    }
  }

  private func chosen(_ matrix: Matrix) -> Matrix {
    let values = lines.flatMap { matrix.values[$0 * matrix.columns..<($0 + 1) * matrix.columns] }
    return Matrix(rows: lines.count, columns: matrix.columns, values: values)
  }

  /// The lines' expression above the patients', in the genes that both cohorts measured.
  ///
  /// Lines, and patients whose expression is raw, are standardised as the alignment did it; aligned expression is on the
  /// scale of the lines already.
  private func joined(_ patients: Matrix, isRaw: Bool) throws -> (values: [Float], features: Int) {
    let measured = try [source, target].map { store -> [Bool] in
      guard case .booleans(let flags) = try store.geneTable()["measured"] else {
        return Array(repeating: true, count: store.genes)
      }
      return flags
    }
    let own = chosen(try source.matrix())
    guard own.columns == patients.columns, measured.allSatisfy({ $0.count == own.columns }) else {
      throw IllustrationError(.mismatched, at: Place(target.path), "has other genes than \(source.path)")
    }
    let genes = (0..<own.columns).filter { gene in measured.allSatisfy { $0[gene] } }
    guard !genes.isEmpty else {
      throw IllustrationError(.mismatched, at: Place(target.path), "shares no measured gene with \(source.path)")
    }
    let (first, second) = (narrowed(own, to: genes), narrowed(patients, to: genes))
    return (standardised(first).values + (isRaw ? standardised(second) : second).values, genes.count)
  }

  private func narrowed(_ matrix: Matrix, to genes: [Int]) -> Matrix {
    var values: [Float] = []
    values.reserveCapacity(matrix.rows * genes.count)
    for row in 0..<matrix.rows { for gene in genes { values.append(matrix.values[row * matrix.columns + gene]) } }
    return Matrix(rows: matrix.rows, columns: genes.count, values: values)
  }

  private func standardised(_ matrix: Matrix) -> Matrix {
    var result = matrix
    let (rows, width) = (0..<matrix.rows, matrix.columns)
    switch alignment.standardisation {
    case "per-gene-and-domain":
      for gene in 0..<width { Self.standardise(&result.values, at: rows.map { $0 * width + gene }) }
    case "per-sample":
      for row in rows { Self.standardise(&result.values, at: Array(row * width..<(row + 1) * width)) }
    default: break
    }
    return result
  }

  /// Brings some numbers to mean 0 and deviation 1 (divided by n), equal ones to 0.
  private static func standardise(_ values: inout [Float], at positions: [Int]) {
    let count = Double(max(1, positions.count))
    let mean = positions.reduce(0) { $0 + Double(values[$1]) } / count
    let squares = positions.reduce(0) { $0 + (Double(values[$1]) - mean) * (Double(values[$1]) - mean) }
    let deviation = (squares / count).squareRoot()
    for position in positions {
      values[position] = deviation > 0 ? Float((Double(values[position]) - mean) / deviation) : 0
    }
  }
}
