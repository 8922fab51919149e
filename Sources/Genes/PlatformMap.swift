/// The genes that each probe of a microarray platform measures.
package struct PlatformMap: Sendable {
  var genes: [String: ProbeGenes] = [:]

  /// Room for the probes of a whole-genome array is taken at once.
  package init() { genes.reserveCapacity(60_000) }

  package var count: Int { genes.count }

  /// Adds what one row of a platform table says of a probe, such as `780 /// 100616237` for its Entrez ids.
  ///
  /// Several columns may name the same genes, each with its kind; the first that is not empty counts the genes. A
  /// probe that is added twice measures the genes of both rows.
  package mutating func add(_ probe: String, _ columns: some Sequence<(kind: IdentifierKind, value: String)>) {
    for (kind, value) in columns {
      var value = value
      if value.withUTF8({ genes[probe, default: ProbeGenes()].insert(kind, namesIn: UnsafeRawBufferPointer($0)) }) {
        return
      }
    }
  }
}

/// The genes of one probe, each once, in the order in which the table names them.
struct ProbeGenes: Sendable, Equatable {
  /// Most probes have one gene, which then takes no memory of its own.
  private var first: Identifier?
  private var others: [Identifier] = []

  private struct Identifier: Equatable {
    let kind: IdentifierKind
    let name: String
  }

  /// Adds the names between the slashes of a field; false where it holds none.
  mutating func insert(_ kind: IdentifierKind, namesIn field: UnsafeRawBufferPointer) -> Bool {
    var isNamed = false
    var rest = field
    while let part = rest.cutBeforeSlashes() {
      let name = part.trimmed
      if name.isMissingIdentifier { continue }
      insert(kind, String(decoding: name, as: UTF8.self))
      isNamed = true
    }
    return isNamed
  }

  private mutating func insert(_ kind: IdentifierKind, _ name: String) {
    let identifier = Identifier(kind: kind, name: name)
    if first == nil {
      first = identifier
    } else if first != identifier, !others.contains(identifier) {
      others.append(identifier)
    }
  }

  func match(_ matcher: GeneMatcher) -> GeneMatch {
    let matches = ((first.map { [$0] } ?? []) + others).map {
      $0.kind == .probe ? .notLandmark : matcher.match($0.name, as: $0.kind)
    }
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

extension UnsafeRawBufferPointer {
  /// Takes the bytes before the next `///` off the front, and the slashes with them; nil when nothing is left.
  fileprivate mutating func cutBeforeSlashes() -> UnsafeRawBufferPointer? {
    if isEmpty { return nil }
    let slash = UInt8(ascii: "/")
    var index = 0
    while index + 2 < count {
      if self[index] == slash, self[index + 1] == slash, self[index + 2] == slash {
        let part = UnsafeRawBufferPointer(rebasing: self[..<index])
        self = UnsafeRawBufferPointer(rebasing: self[(index + 3)...])
        return part
      }
      index += 1
    }
    defer { self = UnsafeRawBufferPointer(start: nil, count: 0) }
    return self
  }
}
