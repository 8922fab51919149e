/// The genes that each probe of a microarray platform measures.
package struct PlatformMap: Sendable {
  var genes: [String: ProbeGenes] = [:]

  package init() {}

  package var count: Int { genes.count }

  /// Adds what one row of a platform table says of a probe, such as `780 /// 100616237` for its Entrez ids.
  ///
  /// Several columns may name the same genes, each with its kind; the first that is not empty counts the genes. A
  /// probe that is added twice measures the genes of both rows.
  package mutating func add(_ probe: String, _ columns: [(kind: IdentifierKind, value: String)]) {
    for (kind, value) in columns {
      let named = value.split(separator: "///").compactMap { part -> String? in
        var text = String(part)
        return text.withUTF8 {
          let bytes = UnsafeRawBufferPointer($0).trimmed
          return bytes.isMissingIdentifier ? nil : String(decoding: bytes, as: UTF8.self)
        }
      }
      if named.isEmpty { continue }
      for name in named { genes[probe, default: ProbeGenes()].insert(kind, name) }
      return
    }
    if genes[probe] == nil { genes[probe] = ProbeGenes() }
  }
}

/// The genes of one probe, each once, in the order in which the table names them.
struct ProbeGenes: Sendable, Equatable {
  private var identifiers: [Identifier] = []

  private struct Identifier: Equatable {
    let kind: IdentifierKind
    let name: String
  }

  mutating func insert(_ kind: IdentifierKind, _ name: String) {
    let identifier = Identifier(kind: kind, name: name)
    if !identifiers.contains(identifier) { identifiers.append(identifier) }
  }

  func match(_ matcher: GeneMatcher) -> GeneMatch {
    let matches = identifiers.map { $0.kind == .probe ? .notLandmark : matcher.match($0.name, as: $0.kind) }
    if matches.count > 1 {
      let candidates = Set(matches.flatMap(\.candidates))
      return candidates.isEmpty ? .notLandmark : .ambiguous(candidates.sorted(), .severalGenes(matches.count))
    }
    switch matches.first {
    case .landmark(let index, let route): return .landmark(index, route.throughProbe)
    case .some(let match): return match
    case .none: return .notLandmark
    }
  }
}
