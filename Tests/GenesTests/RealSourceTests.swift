import TestSupport
import Testing

@testable import Genes

@Suite("Identifiers of real sources", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct RealSourceTests {
  let matcher = GeneMatcher()

  /// The named columns of a file, after its first line.
  func columns(_ columns: String, of name: String, separator: String = "\\t") throws -> [[String]] {
    let path = SharedData.data(name)
    let reader = name.hasSuffix(".gz") ? "gzip -dc" : "cat"
    return try output(
      of: "/bin/sh", ["-c", "\(reader) '\(path)' | cut -f\(columns) -d\"$(printf '\(separator)')\" | tr -d '\\r'"]
    )
    .split(separator: "\n").dropFirst()
    .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  }

  func landmarks(_ matches: [GeneMatch]) -> Set<Int> {
    Set(matches.compactMap { if case .landmark(let index, _) = $0 { index } else { nil } })
  }

  @Test("COADREAD holds all 978 landmarks by Entrez id, 973 by symbol, and no contradiction")
  func coadread() throws {
    let rows = try columns("1,2", of: "tcga/coadread/coadred_data_RNA_Seq_v2_expression_median.txt.gz")
    #expect(rows.count == 20_531)
    var tally = MatchTally()
    for row in rows { tally.add(matcher.match([(.symbol, row[0]), (.entrez, row[1])]), source: row[0]) }
    // 85411 and 643314 were genes of their own then; NCBI has since merged them into landmarks.
    #expect(tally.routes == [.entrez: 978, .entrezReplaced: 2])
    #expect(tally.unresolved.isEmpty)
    let symbols = rows.map { matcher.match($0[0], as: .symbol) }
    #expect(landmarks(symbols).count == 973)
    let different = zip(rows, symbols).filter { row, match in
      matcher.match(row[1], as: .entrez).candidates != match.candidates && match.route != nil
    }
    #expect(different.isEmpty)
  }

  @Test("GENCODE v36 holds all 978 landmarks, each once, by Ensembl id and by name, and both agree")
  func gencode() throws {
    let rows = try columns("10,12", of: "derived/TCGAbiolinks/gencode.v36.genes.tsv.gz")
    let byId = rows.map { matcher.match($0[0]) }
    #expect(byId.compactMap(\.route) == Array(repeating: .ensemblVersionDropped, count: 978))
    #expect(landmarks(byId).count == 978)
    let byName = rows.map { matcher.match($0[1], as: .symbol) }
    #expect(landmarks(byName).count == 978)
    #expect(zip(byId, byName).allSatisfy { $0.candidates == $1.candidates || $1.route == nil })
    let both = rows.map { matcher.match([(.symbol, $0[1]), (.ensembl, $0[0])]) }
    #expect(both == byId)
  }

  @Test("the updated L1000 list matches whole by symbol alone")
  func updatedList() throws {
    let text = try output(of: "/bin/cat", [SharedData.data("lincs/csg2a/LINCS_L1000_landmark_genes.txt")])
    let matches = text.split(separator: "\n").map { matcher.match(String($0), as: .symbol) }
    #expect(matches.compactMap(\.route).filter { $0 == .symbol }.count == 975)
    #expect(matches.compactMap(\.route).filter { $0 == .l1000Symbol }.count == 3)
    #expect(landmarks(matches).count == 978)
  }

  @Test("TCGA's legacy counts match by the Entrez id behind the symbol")
  func legacyCounts() throws {
    let matches = try columns("1", of: "derived/TCGAbiolinks/dataBRCA.tsv.gz").map { matcher.match($0[0]) }
    #expect(matches.compactMap(\.route).filter { $0 == .entrez }.count == 978)
    #expect(matches.filter(\.isAmbiguous).isEmpty)
  }

  @Test("NCI-60 holds 964 landmarks by symbol, 965 if its symbols are taken as those of the L1000 list")
  func nci60() throws {
    let rows = try [1, 2].flatMap { try columns("1", of: "gdsc/nci60/gene_exp_part\($0).csv.gz", separator: ",") }
    let matches = rows.map { matcher.match($0[0], as: .symbol) }
    #expect(landmarks(matches).count == 964)
    #expect(landmarks(rows.map { matcher.match($0[0], as: .l1000Symbol) }).count == 965)
    let ambiguous = zip(rows, matches).filter { $0.1.isAmbiguous }.map { $0.0[0].filter { $0 != "\"" } }
    #expect(ambiguous == ["AIM1", "DEC1", "GIF", "HN1L", "QARS", "STRA13"])
  }

  @Test("the probes of HG-U133A cover 975 landmarks, and those of several genes are told apart")
  func hgU133A() throws {
    let path = SharedData.data("geo/platform/GPL96.txt.gz")
    let text = try output(of: "/bin/gzip", ["-dc", path]).split(whereSeparator: \.isNewline)
    let start = try #require(text.firstIndex { $0.hasPrefix("ID\t") })
    let header = text[start].split(separator: "\t", omittingEmptySubsequences: false)
    let symbol = try #require(header.firstIndex(of: "Gene Symbol"))
    let entrez = try #require(header.firstIndex(of: "ENTREZ_GENE_ID"))
    var platform = PlatformMap()
    var probes: [String] = []
    for line in text[(start + 1)...] where !line.hasPrefix("!") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      probes.append(fields[0])
      platform.add(fields[0], [(.entrez, fields[entrez]), (.symbol, fields[symbol])])
    }
    #expect(platform.count == 22_283)
    let matcher = GeneMatcher(platform: platform)
    let matches = probes.map { matcher.match($0, as: .probe) }
    #expect(landmarks(matches).count == 975)
    #expect(matches.compactMap(\.route).count == 1_790)
    #expect(matches.filter(\.isAmbiguous).count == 30)
  }
}
