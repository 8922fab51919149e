/// The parts of a name that holds a symbol and an id, such as `TP53|7157` or `TP53 (ENSG00000141510)`.
package struct CompositeName: Sendable, Equatable {
  package let symbol: String
  package let id: String
  /// `.entrez` or `.ensembl`.
  package let idKind: IdentifierKind

  /// Nil for anything else.
  package init?(_ text: String) {
    var text = text
    let parts = text.withUTF8 { bytes -> (symbol: String, id: String, kind: IdentifierKind)? in
      guard let parts = CompositeIdentifier(UnsafeRawBufferPointer(bytes).trimmed) else { return nil }
      return (
        String(decoding: parts.symbol, as: UTF8.self), String(decoding: parts.id, as: UTF8.self),
        parts.isEnsembl ? .ensembl : .entrez
      )
    }
    guard let parts else { return nil }
    (symbol, id, idKind) = parts
  }
}
