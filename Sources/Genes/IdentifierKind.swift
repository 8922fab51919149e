/// What sort of identifier a column holds; the raw values are the configuration's words.
package enum IdentifierKind: String, Sendable, CaseIterable {
  case entrez
  /// `ENSG00000141510`, also with a version, `_PAR_Y` or BrainArray's `_at` behind it.
  case ensembl
  case symbol
  /// A symbol of the LINCS list of 2014: those mean the landmark, whatever other gene has taken the name since.
  case l1000Symbol = "l1000-symbol"
  /// `TP53|7157` or `TP53 (7157)`; `?` may stand for the symbol.
  case symbolWithEntrez = "symbol-entrez"
  /// `TP53|ENSG00000141510.16` or `TP53 (ENSG00000141510)`.
  case symbolWithEnsembl = "symbol-ensembl"
  /// A probe of the platform that the matcher was given.
  case probe

  /// The kind that one value looks like; nil for an empty one. Never `l1000Symbol` or `probe`, which nothing shows.
  package static func detected(in identifier: UnsafeRawBufferPointer) -> IdentifierKind? {
    let text = identifier.trimmed
    if text.isMissingIdentifier { return nil }
    if text.decimalNumber != nil { return .entrez }
    if EnsemblIdentifier(text) != nil { return .ensembl }
    if let parts = CompositeIdentifier(text) { return parts.isEnsembl ? .symbolWithEnsembl : .symbolWithEntrez }
    return .symbol
  }

  /// The kind that at least nine in ten of the values that are not empty look like.
  ///
  /// Throws `GeneError` if there is none such: the caller should then ask for a declaration.
  package static func detected(in identifiers: some Sequence<String>) throws(GeneError) -> IdentifierKind {
    var counts: [IdentifierKind: Int] = [:]
    var total = 0
    for var identifier in identifiers {
      guard let kind = identifier.withUTF8({ detected(in: UnsafeRawBufferPointer($0)) }) else { continue }
      counts[kind, default: 0] += 1
      total += 1
    }
    if let (kind, count) = counts.max(by: { $0.value < $1.value }), count * 10 >= total * 9 { return kind }
    let seen = allCases.compactMap { kind in counts[kind].map { "\($0) look like \(kind.rawValue)" } }
    let cause = total == 0 ? "there are no gene identifiers" : "the gene identifiers are of no one kind: "
    throw GeneError(
      .mixedKinds, at: nil, cause + seen.joined(separator: ", "),
      remedy: "name the column that holds the identifiers, and their kind")
  }
}
