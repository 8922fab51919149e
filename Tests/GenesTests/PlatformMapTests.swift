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
