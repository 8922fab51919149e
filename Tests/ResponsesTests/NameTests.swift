import Foundation
import TestSupport
import Testing

@testable import Responses

@Suite("Names of drugs") struct DrugNameTests {
  let names = DrugNames([
    "5-Fluorouracil": ["5-FU", "Fluorouracil"], "Irinotecan": ["Camptosar", "CPT-11"], "SN-38": ["CPT-11"],
    "T-DM1": [], "TDM1": [], "AMG 386": ["Trebananib"],
  ])

  @Test(
    "are found by the stated route",
    arguments: [
      ("5-Fluorouracil", "5-Fluorouracil", NameRoute.exact), ("5-FU", "5-Fluorouracil", .synonym),
      ("FLUOROURACIL", "5-Fluorouracil", .caseFolded), ("5 fluorouracil", "5-Fluorouracil", .compact),
      ("5FU", "5-Fluorouracil", .compact), ("AMG-386", "AMG 386", .compact), (" Irinotecan ", "Irinotecan", .exact),
      ("T-DM1", "T-DM1", .exact), ("TDM1", "TDM1", .exact), ("t-dm1", "T-DM1", .caseFolded),
    ])
  func found(spelling: String, drug: String, route: NameRoute) {
    #expect(names.match(spelling) == .found(drug, route))
  }

  @Test("are not joined where two drugs fit")
  func ambiguous() {
    #expect(names.match("CPT-11") == .ambiguous(["Irinotecan", "SN-38"]))
    #expect(names.match("TD-M1") == .ambiguous(["T-DM1", "TDM1"]))
  }

  @Test("are unknown otherwise", arguments: ["", " ", "-", "Folfox", "Fluorouracil + Leucovorin"])
  func unknown(spelling: String) {
    #expect(names.match(spelling) == .unknown)
  }
}

@Suite("Names of cell lines") struct CellLineJoinTests {
  @Test("join exactly, then by letters and digits")
  func joins() {
    let join = CellLineJoin(["A-375", "Hs 578T", "HT-29", "SW 48"], to: ["A375", "HS578T", "HT-29", "MCF7", "Sw-48"])
    #expect(join.match("A-375") == .found("A375", .compact))
    #expect(join.match("Hs 578T") == .found("HS578T", .compact))
    #expect(join.match("HT-29") == .found("HT-29", .exact))
    #expect(join.match("SW 48") == .found("Sw-48", .compact))
    #expect(join.match("LoVo") == .unknown)
    #expect(join.match("---") == .unknown)
  }

  @Test("tell T-T and TT apart where both tables do")
  func apart() {
    let join = CellLineJoin(["T-T", "TT", "KM-H2", "KMH-2"], to: ["T-T", "TT", "KM-H2"])
    #expect(join.match("T-T") == .found("T-T", .exact))
    #expect(join.match("TT") == .found("TT", .exact))
    #expect(join.match("KM-H2") == .found("KM-H2", .exact))
    #expect(join.match("KMH-2") == .ambiguous(["KM-H2"]))
  }

  @Test("join neither to a table that dropped what tells them apart")
  func collapsed() {
    let join = CellLineJoin(["T-T", "TT", "HT-29"], to: ["TT", "HT29"])
    #expect(join.match("T-T") == .ambiguous(["TT"]))
    #expect(join.match("TT") == .ambiguous(["TT"]))
    #expect(join.match("HT-29") == .found("HT29", .compact))
    let reverse = CellLineJoin(["TT", "HT29"], to: ["T-T", "TT", "HT-29"])
    #expect(reverse.match("TT") == .ambiguous(["T-T", "TT"]))
    #expect(reverse.match("HT29") == .found("HT-29", .compact))
  }

  @Test("of GDSC2 leave out the four that collapse", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func gdsc2() throws {
    let lines = Set(try gdsc2Responses().map(\.sample))
    #expect(lines.count == 969)
    let compact = Set(lines.map(CellLineJoin.form))
    let join = CellLineJoin(lines, to: compact)
    let ambiguous = lines.filter { if case .ambiguous = join.match($0) { true } else { false } }
    #expect(ambiguous.sorted() == ["KM-H2", "KMH-2", "T-T", "TT"])
    #expect(lines.allSatisfy { join.match($0) != .unknown })
  }
}

@Suite("Response words") struct ResponseWordsTests {
  /// The rule of TCGA's responses as its fixture states it.
  func rule() throws -> [String: Bool] {
    let path = try #require(Bundle.module.path(forResource: "Fixtures/recist", ofType: "csv"))
    let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
    return Dictionary(uniqueKeysWithValues: rows.map { $0.split(separator: ",") }.map { (String($0[0]), $0[1] == "1") })
  }

  @Test("become labels by the rule")
  func labels() throws {
    let words = try ResponseWords(rule())
    #expect(words.read("Complete Response") == .label(true))
    #expect(words.read(" partial  response") == .label(true))
    #expect(words.read("Stable Disease") == .label(false))
    #expect(words.read("CLINICAL PROGRESSIVE DISEASE") == .label(false))
  }

  @Test("are told apart from words that are missing and words that no rule names")
  func others() throws {
    let words = try ResponseWords(rule())
    for word in ["", "[Not Available]", "[Unknown]", "NA"] { #expect(words.read(word) == .missing) }
    #expect(words.read("Radiographic Progressive Disease") == .unknown)
    #expect(try ResponseWords(["Unknown": false]).read("unknown") == .label(false))
  }

  @Test("must not stand for both labels")
  func contradiction() {
    #expect(throws: ResponseError.self) { try ResponseWords(["Stable Disease": true, "stable disease": false]) }
  }
}
