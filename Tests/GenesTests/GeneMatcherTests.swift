import TestSupport
import Testing

@testable import Genes

@Suite("Matching an identifier") struct GeneMatcherTests {
  static let matcher = GeneMatcher()
  var matcher: GeneMatcher { Self.matcher }

  func landmark(_ symbol: String) throws -> Landmark {
    try #require(LandmarkPanel.shared.landmarks.first { $0.symbol == symbol })
  }

  func index(_ symbol: String) throws -> Int { try landmark(symbol).index }

  @Test(
    "finds the landmark by the stated route",
    arguments: [
      ("7157", IdentifierKind?.none, "TP53", MatchRoute.entrez),
      ("7157_at", .entrez, "TP53", .entrez),
      ("146749", .entrez, "TP53", .entrezReplaced),
      ("ENSG00000141510", nil, "TP53", .ensembl),
      ("ENSG00000141510.16", nil, "TP53", .ensemblVersionDropped),
      ("ENSG00000141510_at", nil, "TP53", .ensembl),
      ("\"ENSG00000141510.16\"", nil, "TP53", .ensemblVersionDropped),
      ("ENSG00000206490", nil, "ABCF1", .ensemblAlternate),
      ("TP53", nil, "TP53", .symbol),
      (" TP53 ", nil, "TP53", .symbol),
      ("AARS1", nil, "AARS1", .symbol),
      ("AARS", nil, "AARS1", .l1000Symbol),
      ("SKIV2L", nil, "SKIC2", .l1000Symbol),
      ("AlaRS", nil, "AARS1", .alias),
      ("ADRB2R", nil, "ADRB2", .previousSymbol),
      ("tp53", nil, "TP53", .symbolCaseFolded),
      ("TP53|7157", nil, "TP53", .entrez),
      ("?|7157", nil, "TP53", .entrez),
      ("TP53 (7157)", nil, "TP53", .entrez),
      ("TP53 (ENSG00000141510)", nil, "TP53", .ensembl),
      ("TP53|ENSG00000141510.16", nil, "TP53", .ensemblVersionDropped),
    ])
  func routes(identifier: String, kind: IdentifierKind?, symbol: String, route: MatchRoute) throws {
    #expect(matcher.match(identifier, as: kind) == .landmark(try index(symbol), route))
  }

  @Test(
    "finds nothing where there is nothing",
    arguments: [
      "", "NA", "?", "---", "A1BG", "1", "ENSG00000121410.12", "ENSG0000014151", "ENSG00000141510x", "ENSG00000141510.",
      "1007_s_at", "7157_at", "A1BG (1)", "|", "(", "()", "99999999999999999999999", "1-Mar", "Sep-02", "2-Sep",
      "\u{FF}",
    ])
  func nothing(identifier: String) {
    #expect(matcher.match(identifier) == .notLandmark)
  }

  @Test("leaves an alias that is another gene's current symbol to that gene")
  func foreignSymbol() throws {
    // CCN1 was CCNA2's symbol and is now that of CYR61; KRAS is an alias of NRAS.
    #expect(try landmark("CCNA2").previousSymbols.contains("CCN1"))
    #expect(try landmark("NRAS").aliases.contains("KRAS"))
    for symbol in ["CCN1", "CYR61", "KRAS", "kras"] { #expect(matcher.match(symbol) == .notLandmark) }
  }

  @Test("ignores case only where one gene alone remains")
  func caseFolding() throws {
    // Gem is an alias of a landmark, and GEM another gene.
    #expect(LandmarkPanel.shared.landmarks.contains { $0.aliases.contains("Gem") })
    #expect(matcher.match("GEM") == .notLandmark)
    #expect(matcher.match("gem") == .notLandmark)
    #expect(matcher.match("Aars1") == .landmark(try index("AARS1"), .symbolCaseFolded))
  }

  @Test("names the other genes of a shared alias")
  func sharedAlias() throws {
    #expect(matcher.match("CD97") == .ambiguous([try index("ADGRE5")], .sharedName(with: ["ADGRE2"])))
    #expect(matcher.match("CDKN2") == .ambiguous([try index("CDK2"), try index("CDKN2A")], .sharedName(with: [])))
  }

  @Test("takes a shared name as the landmark's where the list is declared as that of the L1000")
  func declaredL1000() throws {
    #expect(matcher.match("CD97", as: .l1000Symbol) == .landmark(try index("ADGRE5"), .l1000Symbol))
    #expect(matcher.match("TP53", as: .l1000Symbol) == .landmark(try index("TP53"), .symbol))
  }

  @Test(
    "recognises a date that a spreadsheet made of a landmark's alias",
    arguments: ["1-Dec", "Dec-01", "01-Dec", "dec-1"])
  func spreadsheetDate(text: String) throws {
    // DEC1 is an alias of the landmark BHLHE40.
    #expect(matcher.match(text) == .ambiguous([try index("BHLHE40")], .spreadsheetDate))
  }

  @Test("takes an id before a symbol and reports a contradiction")
  func severalIdentifiers() throws {
    #expect(matcher.match([(.symbol, "AARS"), (.entrez, "16")]) == .landmark(try index("AARS1"), .entrez))
    #expect(
      matcher.match([(.symbol, "TP53"), (.entrez, "16")])
        == .ambiguous([try index("AARS1"), try index("TP53")], .contradiction("16", "TP53")))
    #expect(matcher.match([(.symbol, "TP53"), (.entrez, "")]) == .landmark(try index("TP53"), .symbol))
    #expect(matcher.match([(.symbol, "TP53"), (.entrez, "-7")]) == .landmark(try index("TP53"), .symbol))
    #expect(matcher.match([(.symbol, ""), (.entrez, "NA")]) == .notLandmark)
    // Entrez 1 is A1BG: a current symbol contradicts it, an old name does not count against it.
    #expect(
      matcher.match([(.symbol, "TP53"), (.entrez, "1")])
        == .ambiguous([try index("TP53")], .contradiction("1", "TP53")))
    #expect(matcher.match([(.symbol, "AlaRS"), (.entrez, "1")]) == .notLandmark)
    // An ambiguous symbol is settled by the id beside it.
    #expect(matcher.match([(.symbol, "CD97"), (.entrez, "976")]) == .landmark(try index("ADGRE5"), .entrez))
    #expect(matcher.match([(.symbol, "CD97"), (.entrez, "30817")]) == .notLandmark)
  }

  @Test("finds every landmark by each of its ids and by its current symbol")
  func everyLandmark() {
    for landmark in LandmarkPanel.shared.landmarks {
      #expect(matcher.match("\(landmark.entrez)") == .landmark(landmark.index, .entrez))
      #expect(matcher.match(landmark.ensembl) == .landmark(landmark.index, .ensembl))
      #expect(matcher.match(landmark.symbol) == .landmark(landmark.index, .symbol))
      #expect(matcher.match(landmark.l1000Symbol, as: .l1000Symbol).candidates == [landmark.index])
      for name in landmark.previousSymbols + landmark.aliases {
        // A name may be another gene's symbol today, and then never means this landmark.
        let match = matcher.match(name)
        let foreign = match == .notLandmark || match.route == .symbol
        #expect(match.candidates.contains(landmark.index) != foreign, "\(name) of \(landmark.symbol)")
      }
    }
  }

  @Test("detects the kind of a column, and refuses a mixed one")
  func kinds() throws {
    #expect(try IdentifierKind.detected(in: ["7157", "16", ""]) == .entrez)
    #expect(try IdentifierKind.detected(in: ["ENSG00000141510.16", "ENSG00000121410"]) == .ensembl)
    #expect(try IdentifierKind.detected(in: ["?|10431", "TP53|7157"]) == .symbolWithEntrez)
    #expect(try IdentifierKind.detected(in: ["TSPAN6 (ENSG00000000003)"]) == .symbolWithEnsembl)
    #expect(try IdentifierKind.detected(in: ["TP53", "NA", "A1BG"]) == .symbol)
    #expect(throws: GeneError.self) { try IdentifierKind.detected(in: ["7157", "TP53"]) }
    #expect(throws: GeneError.self) { try IdentifierKind.detected(in: ["", "NA"]) }
  }

  @Test("never fails on any bytes")
  func anyBytes() {
    var generator = SeededGenerator(seed: 11)
    let alphabet = Array("ENSG0123456789.|()_at PARYxé-\"?\u{0}".utf8)
    for _ in 0..<3_000 {
      let length = Int.random(in: 0...24, using: &generator)
      let bytes = (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
      bytes.withUnsafeBytes { text in
        for kind in [nil] + IdentifierKind.allCases.map(Optional.some) { _ = matcher.match(text, as: kind) }
      }
    }
  }
}

extension GeneMatch {
  var route: MatchRoute? {
    if case .landmark(_, let route) = self { route } else { nil }
  }
}
