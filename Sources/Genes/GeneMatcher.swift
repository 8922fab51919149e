/// Finds the landmark that an identifier stands for, by a stated route, and never guesses.
///
/// Order: Entrez and Ensembl ids, then today's symbols, then the names of the LINCS list, previous symbols and
/// aliases that mean one gene alone, then symbols without regard to case.
package struct GeneMatcher: Sendable {
  /// Genes of the probes, for identifiers of the kind `probe`.
  private let platform: PlatformMap?

  package init(platform: PlatformMap? = nil) { self.platform = platform }

  /// What a string stands for; its kind is detected where none is declared.
  package func match(_ identifier: String, as kind: IdentifierKind? = nil) -> GeneMatch {
    var identifier = identifier
    return identifier.withUTF8 { match(UnsafeRawBufferPointer($0), as: kind) }
  }

  /// What bytes stand for; makes no string for Entrez and Ensembl ids.
  package func match(_ identifier: UnsafeRawBufferPointer, as kind: IdentifierKind? = nil) -> GeneMatch {
    let text = identifier.trimmed
    guard !text.isMissingIdentifier, let kind = kind ?? .detected(in: text) else { return .notLandmark }
    switch kind {
    case .entrez: return entrezMatch(text)
    case .ensembl: return ensemblMatch(text)
    case .symbol: return nameMatch(String(decoding: text, as: UTF8.self))
    case .l1000Symbol: return l1000Match(String(decoding: text, as: UTF8.self))
    case .symbolWithEntrez, .symbolWithEnsembl: return compositeMatch(text)
    case .probe: return platform?.match(text, by: self) ?? .notLandmark
    }
  }

  /// What a row with several identifiers stands for: ids decide before symbols, and must not be contradicted.
  ///
  /// Missing identifiers do not count. An id that stands for no landmark outweighs an old name that does; against a
  /// landmark's current symbol it is a contradiction.
  package func match(_ identifiers: [(kind: IdentifierKind, value: String)]) -> GeneMatch {
    let verdicts = identifiers.filter { !$0.value.isMissingIdentifier(as: $0.kind) }
      .map { (kind: $0.kind, value: $0.value, match: match($0.value, as: $0.kind)) }
      .enumerated().sorted { ($0.element.kind.strength, $0.offset) < ($1.element.kind.strength, $1.offset) }
      .map(\.element)
    guard let decisive = verdicts.first(where: { !$0.match.isAmbiguous }) ?? verdicts.first else { return .notLandmark }
    for other in verdicts {
      guard case .landmark(let index, let route) = other.match else { continue }
      switch decisive.match {
      case .landmark(let decided, _) where decided != index:
        return .ambiguous([decided, index].sorted(), .contradiction(decisive.value, other.value))
      case .notLandmark where route == .symbol || route == .entrez || route == .ensembl:
        return .ambiguous([index], .contradiction(decisive.value, other.value))
      default: continue
      }
    }
    return decisive.match
  }

  private func entrezMatch(_ text: UnsafeRawBufferPointer) -> GeneMatch {
    let suffix = text.count > 3 && text.suffix(3).elementsEqual("_at".utf8) ? 3 : 0
    let digits = UnsafeRawBufferPointer(rebasing: text.dropLast(suffix))
    return digits.decimalNumber.flatMap { LandmarkIndex.entrez[$0] } ?? .notLandmark
  }

  private func ensemblMatch(_ text: UnsafeRawBufferPointer) -> GeneMatch {
    guard let id = EnsemblIdentifier(text), let match = LandmarkIndex.ensembl[id.number] else { return .notLandmark }
    guard case .landmark(let index, .ensembl) = match else { return match }
    return .landmark(index, id.isY ? .ensemblAlternate : id.hasVersion ? .ensemblVersionDropped : .ensembl)
  }

  private func compositeMatch(_ text: UnsafeRawBufferPointer) -> GeneMatch {
    guard let parts = CompositeIdentifier(text) else { return nameMatch(String(decoding: text, as: UTF8.self)) }
    let id = (parts.isEnsembl ? IdentifierKind.ensembl : .entrez, String(decoding: parts.id, as: UTF8.self))
    return match([id, (.symbol, String(decoding: parts.symbol, as: UTF8.self))])
  }

  private func l1000Match(_ name: String) -> GeneMatch {
    guard let index = LandmarkIndex.l1000[name] else { return nameMatch(name) }
    return .landmark(index, LandmarkPanel.shared.landmarks[index].symbol == name ? .symbol : .l1000Symbol)
  }

  private func nameMatch(_ name: String) -> GeneMatch {
    if let match = LandmarkIndex.names[name] { return match }
    if let match = LandmarkIndex.foldedNames[name.lowercased()] { return match }
    guard let symbols = SpreadsheetDate.symbols(behind: name) else { return .notLandmark }
    let candidates = Set(symbols.flatMap { LandmarkIndex.names[$0]?.candidates ?? [] })
    return candidates.isEmpty ? .notLandmark : .ambiguous(candidates.sorted(), .spreadsheetDate)
  }
}

extension GeneMatch {
  /// Landmarks that it may mean.
  package var candidates: [Int] {
    switch self {
    case .landmark(let index, _): [index]
    case .ambiguous(let candidates, _): candidates
    case .notLandmark: []
    }
  }

  var isAmbiguous: Bool {
    if case .ambiguous = self { true } else { false }
  }
}

extension IdentifierKind {
  /// Which of a row's identifiers decides: the lowest.
  fileprivate var strength: Int {
    switch self {
    case .entrez: 0
    case .ensembl: 1
    case .symbolWithEntrez, .symbolWithEnsembl: 2
    case .probe: 3
    case .l1000Symbol, .symbol: 4
    }
  }
}

extension String {
  /// Whether nothing stands here; an Entrez id that is no positive number (cBioPortal's for unknown genes) is nothing.
  fileprivate func isMissingIdentifier(as kind: IdentifierKind) -> Bool {
    var text = self
    return text.withUTF8 {
      let bytes = UnsafeRawBufferPointer($0).trimmed
      if bytes.isMissingIdentifier { return true }
      return kind == .entrez && (bytes.first == UInt8(ascii: "-") || bytes.decimalNumber == 0)
    }
  }
}
