import Formats
import Genes
import Problems

/// A GCT text matrix, whose rows are named by their id and by what their metadata hold.
final class GCTRows: GeneRowSource {
  let path: String
  let samples: [String]
  let sampleFields: [String: [String]]
  private let reader: GCTReader
  private let naming: GCTRowNaming
  private let buffer: UnsafeMutableBufferPointer<Float>
  private var present: GCTReader.Row?

  var place: Place { Place(path, line: present?.line) }
  var identifiers: [GeneIdentifier] { present.map { naming.identifiers(id: $0.id, fields: $0.fields) } ?? [] }

  init(_ input: InputFile, kind: IdentifierKind?) throws {
    path = input.path
    reader = try GCTReader(input.source(), path: input.path)
    samples = reader.columnIDs
    sampleFields = Dictionary(
      reader.columnFields.map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first })
    naming = GCTRowNaming(fields: reader.rowFields, idKind: kind)
    buffer = .allocate(capacity: samples.count)
  }

  deinit { buffer.deallocate() }

  func advance() throws -> Bool {
    guard let row = try reader.next(into: buffer) else { return false }
    present = row
    return true
  }

  func values(into row: UnsafeMutableBufferPointer<Float>) throws { _ = row.update(fromContentsOf: buffer) }
}

/// Which of a GCT row's fields name its gene: LINCS' own metadata where they stand, the id where they do not.
struct GCTRowNaming {
  private let columns: [(column: Int, kind: IdentifierKind)]
  private let idKind: IdentifierKind?

  init(fields: [String], idKind: IdentifierKind?) {
    self.idKind = idKind
    let known: [(String, IdentifierKind)] = [("pr_gene_id", .entrez), ("pr_gene_symbol", .l1000Symbol)]
    columns = idKind != nil ? [] : known.compactMap { name, kind in fields.firstIndex(of: name).map { ($0, kind) } }
  }

  func identifiers(id: String, fields: [String]) -> [GeneIdentifier] {
    columns.isEmpty
      ? [GeneIdentifier(idKind, id)] : columns.map { GeneIdentifier($0.kind, fields[$0.column]) }
  }
}
