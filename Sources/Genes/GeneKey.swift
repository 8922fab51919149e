/// An identifier without what sources put around it: version, suffix, symbol in front; for joining two tables on genes.
package enum GeneKey: Sendable, Hashable {
  case entrez(Int)
  /// The digits of the id; the Y copy of a pseudoautosomal gene is a gene of its own.
  case ensembl(Int, isY: Bool)
  case symbol(String)

  /// What an identifier names, ids before symbols; its kind is told by its form where it is nil.
  package static func keys(of identifier: String, as kind: IdentifierKind? = nil) -> [GeneKey] {
    var identifier = identifier
    return identifier.withUTF8 { keys(of: UnsafeRawBufferPointer($0).trimmed, as: kind) }
  }

  private static func keys(of text: UnsafeRawBufferPointer, as kind: IdentifierKind?) -> [GeneKey] {
    guard !text.isMissingIdentifier, let kind = kind ?? .detected(in: text) else { return [] }
    switch kind {
    case .entrez: return text.decimalNumber.map { [.entrez($0)] } ?? []
    case .ensembl: return EnsemblIdentifier(text).map { [.ensembl($0.number, isY: $0.isY)] } ?? []
    case .symbol, .l1000Symbol: return [.symbol(String(decoding: text, as: UTF8.self))]
    case .symbolWithEntrez, .symbolWithEnsembl:
      guard let parts = CompositeIdentifier(text) else { return keys(of: text, as: .symbol) }
      return keys(of: parts.id, as: parts.isEnsembl ? .ensembl : .entrez) + keys(of: parts.symbol, as: .symbol)
    case .probe: return []
    }
  }
}
