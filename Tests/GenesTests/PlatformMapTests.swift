import TestSupport
import Testing

@testable import Genes

@Suite("Matching probes") struct PlatformMapTests {
  let tp53 = 0

  func matcher() -> GeneMatcher {
    var platform = PlatformMap()
    platform.add("201746_at", [(.entrez, "7157"), (.symbol, "TP53")])
    platform.add("by_symbol", [(.entrez, "---"), (.symbol, "TP53")])
    platform.add("by_alias", [(.symbol, "AlaRS")])
    platform.add("1007_s_at", [(.entrez, "780 /// 100616237"), (.symbol, "DDR1 /// MIR4640")])
    platform.add("strangers", [(.symbol, "A1BG///A2M")])
    platform.add("twice", [(.entrez, "7157 /// 7157")])
    platform.add("blank", [(.entrez, ""), (.symbol, "")])
    platform.add("7157", [(.entrez, "16")])
    return GeneMatcher(platform: platform)
  }

  func landmark(_ symbol: String) throws -> Int {
    try #require(LandmarkPanel.shared.landmarks.first { $0.symbol == symbol }).index
  }

  @Test("takes the first column that names a gene, and says which")
  func routes() throws {
    let matcher = matcher()
    #expect(matcher.match("201746_at", as: .probe) == .landmark(try landmark("TP53"), .probeEntrez))
    #expect(matcher.match("by_symbol", as: .probe) == .landmark(try landmark("TP53"), .probeSymbol))
    #expect(matcher.match("by_alias", as: .probe) == .landmark(try landmark("AARS1"), .probeOtherName))
    #expect(matcher.match("twice", as: .probe) == .landmark(try landmark("TP53"), .probeEntrez))
  }

  @Test("reads a probe that looks like an Entrez id as a probe")
  func numericProbe() throws {
    #expect(matcher().match("7157", as: .probe) == .landmark(try landmark("AARS1"), .probeEntrez))
  }

  @Test("drops a probe of several genes only if a landmark is among them")
  func severalGenes() throws {
    let matcher = matcher()
    #expect(matcher.match("1007_s_at", as: .probe) == .ambiguous([try landmark("DDR1")], .severalGenes(2)))
    #expect(matcher.match("strangers", as: .probe) == .notLandmark)
    #expect(matcher.match("blank", as: .probe) == .notLandmark)
    #expect(matcher.match("unknown", as: .probe) == .notLandmark)
    #expect(GeneMatcher().match("201746_at", as: .probe) == .notLandmark)
  }

  @Test("a probe that comes twice measures the genes of both rows")
  func rowsOfOneProbe() throws {
    var platform = PlatformMap()
    platform.add("again", [(.entrez, "7157")])
    platform.add("again", [(.entrez, "7157"), (.symbol, "DDR1")])
    platform.add("others", [(.symbol, "A1BG")])
    platform.add("others", [(.symbol, "TP53")])
    #expect(platform.count == 2)
    let matcher = GeneMatcher(platform: platform)
    #expect(matcher.match("again", as: .probe) == .landmark(try landmark("TP53"), .probeEntrez))
    #expect(matcher.match("others", as: .probe) == .ambiguous([try landmark("TP53")], .severalGenes(2)))
  }

  @Test("agrees with a dictionary of lists on random platforms", arguments: 0..<60)
  func model(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var platform = PlatformMap()
    var model = PlatformModel()
    let probes = (0..<30).map { "\($0)_at" } + ["", "AFFX-\u{e9}", "probe with a longer name than most"]
    for _ in 0..<Int.random(in: 0..<120, using: &random) {
      let probe = probes[Int.random(in: 0..<probes.count, using: &random)]
      let columns = (0..<Int.random(in: 1..<4, using: &random)).map { _ in PlatformModel.column(using: &random) }
      platform.add(probe, columns)
      model.add(probe, columns)
    }
    #expect(platform.count == model.genes.count)
    let matcher = GeneMatcher(platform: platform)
    for probe in probes + ["unknown"] where !probe.isEmpty {
      #expect(matcher.match(probe, as: .probe) == model.match(probe), "\(model.genes[probe] ?? [])")
    }
  }
}

extension PlatformMap {
  /// Adds a row as tables are read: the first column that names a gene counts.
  mutating func add(_ probe: String, _ columns: [(kind: IdentifierKind, value: String)]) {
    var name = probe
    let probe = name.withUTF8 { insert(UnsafeRawBufferPointer($0)) }
    for (kind, value) in columns {
      var value = value
      if value.withUTF8({ add(UnsafeRawBufferPointer($0), as: kind, to: probe) }) { return }
    }
  }
}

/// A platform as plainly as it can be put.
private struct PlatformModel {
  struct Gene: Hashable {
    let kind: IdentifierKind
    let name: String
  }

  var genes: [String: [Gene]] = [:]

  mutating func add(_ probe: String, _ columns: [(kind: IdentifierKind, value: String)]) {
    var known = genes[probe] ?? []
    for (kind, value) in columns {
      let names = value.split(separator: "///").map { $0.filter { $0 != " " } }
      let genes = names.filter { !["", "---", "NA"].contains($0) }.map { Gene(kind: kind, name: $0) }
      for gene in genes where !known.contains(gene) { known.append(gene) }
      if !genes.isEmpty { break }
    }
    genes[probe] = known
  }

  func match(_ probe: String) -> GeneMatch {
    let matches = (genes[probe] ?? []).map {
      $0.kind == .probe ? .notLandmark : GeneMatcher().match($0.name, as: $0.kind)
    }
    let candidates = Set(matches.flatMap(\.candidates)).sorted()
    if matches.count > 1 {
      return candidates.isEmpty ? .notLandmark : .ambiguous(candidates, .severalGenes(matches.count))
    }
    guard case .landmark(let index, let route) = matches.first else { return matches.first ?? .notLandmark }
    return .landmark(index, route.throughProbe)
  }

  /// A column of a row: none, one or several names, some of them landmarks', some clashing, some no gene's.
  static func column(using random: inout SeededGenerator) -> (kind: IdentifierKind, value: String) {
    let kinds: [(IdentifierKind, [String])] = [
      (.entrez, ["7157", "780", "16", "100616237", "---", ""]),
      (.symbol, ["TP53", "DDR1", "CD97", "A1BG", "AlaRS", "tp53", "NA", " TP53 ", "\u{e9}"]),
      (.ensembl, ["ENSG00000141510", "ENSG00000141510.16", "ENSG00000000001"]), (.probe, ["7157"]),
    ]
    let (kind, names) = kinds[Int.random(in: 0..<kinds.count, using: &random)]
    let several = Int.random(in: 0..<4, using: &random) == 0 ? 2 : 1
    let chosen = (0..<several).map { _ in names[Int.random(in: 0..<names.count, using: &random)] }
    return (kind, chosen.joined(separator: [" /// ", "///"][Int.random(in: 0..<2, using: &random)]))
  }
}

@Suite("Counting matches") struct MatchTallyTests {
  @Test("counts by route and keeps what stayed ambiguous")
  func counts() throws {
    let matcher = GeneMatcher()
    var tally = MatchTally()
    for name in ["TP53", "AARS", "CD97", "A1BG"] { tally.add(matcher.match(name), source: name) }
    #expect(tally.routes == [.symbol: 1, .l1000Symbol: 1])
    #expect(tally.unresolved.map(\.source) == ["CD97"])
    #expect(tally.unresolved.map(\.why.description) == ["ADGRE2 goes by it too"])
    #expect(tally.notLandmarks == 1)
    try tally.requireMatches(at: nil)
  }

  @Test("refuses a source without any landmark, and shows its identifiers")
  func none() {
    var tally = MatchTally()
    tally.add(.notLandmark, source: "GAPDH2")
    #expect(throws: GeneError.self) { try tally.requireMatches(at: nil) }
    do { try tally.requireMatches(at: nil) } catch { #expect(error.description.contains("'GAPDH2'")) }
  }
}
