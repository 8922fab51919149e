/// The genes that each probe of a microarray platform measures.
package struct PlatformMap: Sendable {
  /// A probe of the map.
  package struct Probe: Sendable {
    fileprivate let number: Int
  }

  private struct Gene {
    let kind: IdentifierKind
    /// Where the gene's name stands among `geneNames`.
    let name: Range<Int>
  }

  private var probes = NameTable(capacity: wholeGenome)
  private var geneNames: [UInt8] = []
  /// The first gene of each probe; nil where the table names none.
  private var firstGenes: [Gene?] = []
  /// The other genes of the few probes that have several, in the order in which the table names them.
  private var otherGenes: [Int: [Gene]] = [:]

  /// Probes of a whole-genome array, for which room is taken at once.
  private static let wholeGenome = 60_000

  package init() {
    geneNames.reserveCapacity(8 * Self.wholeGenome)
    firstGenes.reserveCapacity(Self.wholeGenome)
  }

  package var count: Int { probes.count }

  /// The probe that goes by the bytes of `name`. One that comes twice measures the genes of both its rows.
  package mutating func insert(_ name: UnsafeRawBufferPointer) -> Probe {
    let number = probes.insert(name)
    if number == firstGenes.count { firstGenes.append(nil) }
    return Probe(number: number)
  }

  /// Adds the genes that a field of the platform table names, such as `780 /// 100616237`, each of them once.
  ///
  /// False where the field names none: then the next column that names genes counts.
  package mutating func add(_ field: UnsafeRawBufferPointer, as kind: IdentifierKind, to probe: Probe) -> Bool {
    var isNamed = false
    var rest = field
    while let part = rest.cutBeforeSlashes() {
      let name = part.trimmed
      if name.isMissingIdentifier { continue }
      add(geneNamed: name, kind, to: probe.number)
      isNamed = true
    }
    return isNamed
  }

  private mutating func add(geneNamed name: UnsafeRawBufferPointer, _ kind: IdentifierKind, to probe: Int) {
    func isIt(_ gene: Gene) -> Bool { gene.kind == kind && withName(of: gene, name.elementsEqual) }
    let first = firstGenes[probe]
    if let first, isIt(first) || otherGenes[probe]?.contains(where: isIt) == true { return }
    let start = geneNames.count
    geneNames.append(contentsOf: name)
    let gene = Gene(kind: kind, name: start..<geneNames.count)
    if first == nil { firstGenes[probe] = gene } else { otherGenes[probe, default: []].append(gene) }
  }

  private func withName<Result>(of gene: Gene, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    geneNames.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[gene.name])) }
  }

  /// What a probe stands for: the landmark among its genes, if it has no other gene.
  func match(_ name: UnsafeRawBufferPointer, by matcher: GeneMatcher) -> GeneMatch {
    guard let probe = probes.number(of: name), let first = firstGenes[probe] else { return .notLandmark }
    if let others = otherGenes[probe] {
      let candidates = Set(([first] + others).flatMap { match($0, by: matcher).candidates })
      return candidates.isEmpty ? .notLandmark : .ambiguous(candidates.sorted(), .severalGenes(1 + others.count))
    }
    switch match(first, by: matcher) {
    case .landmark(let index, let route): return .landmark(index, route.throughProbe)
    case let other: return other
    }
  }

  private func match(_ gene: Gene, by matcher: GeneMatcher) -> GeneMatch {
    gene.kind == .probe ? .notLandmark : withName(of: gene) { matcher.match($0, as: gene.kind) }
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
