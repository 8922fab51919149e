import Cohorts
import Foundation
import Statistics
import TestSupport
import Testing

@testable import Outcomes

@Suite("Survival report")
struct SurvivalReportTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// One patient a row: tissue, value, time and event of OS.
  struct Patient {
    var tissue: String
    var value: Double
    var time: Double
    var event: Double
  }

  private func write(
    _ patients: [Patient], _ name: String = "cohort", prefix: String = "P", uns: [String: StoreValue] = [:]
  ) throws -> String {
    var obs = Frame(indexName: "sample", index: patients.indices.map { "\(prefix)\($0)" })
    obs.set("tissue", .categorical(patients.map(\.tissue)))
    obs.set("heterogeneity", .doubles(patients.map(\.value)))
    obs.set("OS", .doubles(patients.map(\.event)))
    obs.set("OS.time", .doubles(patients.map(\.time)))
    var genes = Frame(indexName: "symbol", index: ["A"])
    genes.set("measured", .booleans([true]))
    let x = Matrix(rows: patients.count, columns: 1, values: patients.indices.map(Float.init))
    let path = folder.file("\(name).h5ad")
    var cohort = Cohort(x: x, obs: obs, genes: genes)
    cohort.uns = uns
    try cohort.write(to: path)
    return path
  }

  /// Of two tissues with medians of their own; the high of the lung die sooner.
  private func patients(_ count: Int = 40) -> [Patient] {
    var generator = SeededGenerator(seed: 5)
    return (0..<count).map { row in
      let (isLung, isHigh) = (row % 2 == 0, row / 2 % 2 == 0)
      return Patient(
        tissue: isLung ? "lung" : "skin", value: (isLung ? 5 : 1) + (isHigh ? 0.5 : -0.5),
        time: (Double.random(in: 1...100, using: &generator) * (isLung && isHigh ? 0.4 : 1)).rounded(),
        event: row % 5 == 0 ? 0 : 1)
    }
  }

  private let settings = SurvivalSettings(endpoints: ["OS"])

  @Test("compares each tissue by its own median, and all together with tissues as strata")
  func rows() throws {
    let patients = patients()
    let report = try SurvivalReport([write(patients)], settings: settings)
    #expect(report.rows.map(\.tissue) == [nil, "lung", "skin"])
    #expect(report.tissues.map(\.median) == [5, 1])
    let lung = patients.filter { $0.tissue == "lung" }
    let data = try SurvivalData(times: lung.map(\.time), events: lung.map { $0.event == 1 })
    let expected = try LogRank.test(data, group: lung.map { $0.value > 5 })
    #expect(report.rows[1].logRank == expected && expected.value != nil)
    let fit = try CoxModel.fit(data, covariates: [lung.map { $0.value > 5 ? 1 : 0 }])
    #expect(report.rows[1].cox.value == fit.value?.effects.first)
    #expect((report.rows[1].cox.value?.hazardRatio ?? 0) > 1)
    let all = try SurvivalData(times: patients.map(\.time), events: patients.map { $0.event == 1 })
    let strata = patients.map { $0.tissue == "lung" ? 0 : 1 }
    let isHigh = patients.map { $0.value > ($0.tissue == "lung" ? 5 : 1) }
    #expect(report.rows[0].logRank == (try LogRank.test(all, group: isHigh, strata: strata)))
    #expect(report.rows[0].high.samples == 20 && report.rows[0].samples == 40)
    let q = FalseDiscovery.qValues([report.rows[1].cox.value?.p, report.rows[2].cox.value?.p])
    #expect([report.rows[1].coxQ, report.rows[2].coxQ] == q)
    #expect(report.rows[0].coxQ == report.rows[0].cox.value?.p)
  }

  @Test("a patient at the median is in neither group, and one without time or value in none")
  func atMedian() throws {
    var patients = patients(9).map { Patient(tissue: "lung", value: $0.value, time: $0.time, event: $0.event) }
    for row in patients.indices { patients[row].value = Double(row) }
    patients.append(Patient(tissue: "lung", value: .nan, time: 3, event: 1))
    patients.append(Patient(tissue: "", value: 100, time: 3, event: 1))
    patients[0].time = .nan
    let report = try SurvivalReport([write(patients)], settings: SurvivalSettings(endpoints: ["OS"], leastGroup: 1))
    #expect(report.tissues == [.init(name: "lung", samples: 9, median: 4, atMedian: 1)])
    #expect(report.rows.count == 1 && report.rows[0].high.samples == 4 && report.rows[0].low.samples == 3)
    #expect(report.withoutValue == 1 && report.withoutTissue == 1)
    #expect(report.rows[0].high.atRisk.first == 4)
  }

  @Test("says why a comparison is not estimable, and never NaN")
  func notEstimable() throws {
    var patients = patients(24).map { Patient(tissue: "lung", value: $0.value, time: $0.time, event: $0.event) }
    let small = try SurvivalReport([write(patients)], settings: SurvivalSettings(endpoints: ["OS"], leastGroup: 13))
    #expect(small.rows[0].cox.reason == "a group has 12 of the 13 patients that it needs")
    #expect(small.rows[0].coxQ == nil && small.rows[0].logRank.value == nil)
    let middle = patients.map(\.value).sorted()[12]
    for row in patients.indices where patients[row].value >= middle { patients[row].event = 0 }
    let silent = try SurvivalReport([write(patients)], settings: settings)
    #expect(silent.rows[0].cox == .notEstimable("the group high has no events"))
    #expect(silent.rows[0].logRank.value != nil)
    for row in patients.indices { patients[row].event = 0 }
    let alive = try SurvivalReport([write(patients)], settings: settings)
    #expect(alive.rows[0].logRank == .notEstimable("no sample has the event"))
    let json = String(decoding: try JSONEncoder().encode(alive), as: UTF8.self)
    #expect(json.contains(#""reason":"no sample has the event""#))
    let unknown = try SurvivalReport([write(patients)], settings: SurvivalSettings(endpoints: ["OS", "DFI"]))
    #expect(unknown.rows[1].cox == .notEstimable("the endpoint is known of no patient in a group"))
  }

  @Test("several stores are one cohort, unless they share a sample")
  func stores() throws {
    let patients = patients()
    let whole = try SurvivalReport([write(patients)], settings: settings)
    let halves = try [
      write(Array(patients[..<20]), "one", prefix: "A"), write(Array(patients[20...]), "two", prefix: "B"),
    ]
    #expect(try SurvivalReport(halves, settings: settings).rows == whole.rows)
    let error = #expect(throws: OutcomeError.self) { try SurvivalReport([halves[0], halves[0]], settings: settings) }
    #expect(error?.kind == .repeatedSample)
  }

  @Test("names the column that is missing, and the patient whose event or time is wrong")
  func errors() throws {
    let path = try write(patients())
    let column = #expect(throws: OutcomeError.self) {
      try SurvivalReport([path], settings: SurvivalSettings(by: "age"))
    }
    #expect(column?.kind == .missingColumn && column?.remedy?.contains("--by") == true)
    let endpoint = #expect(throws: OutcomeError.self) {
      try SurvivalReport([path], settings: SurvivalSettings(endpoints: ["PFI"]))
    }
    #expect(endpoint?.cause.contains("PFI.time") == true)
    var wrong = patients()
    wrong[3].time = -2
    let time = #expect(throws: OutcomeError.self) { try SurvivalReport([write(wrong)], settings: settings) }
    #expect(time?.place?.object == "/obs/OS.time" && time?.cause == "the sample 'P3' has the time -2.0")
    wrong[3].event = 2
    let event = #expect(throws: OutcomeError.self) { try SurvivalReport([write(wrong)], settings: settings) }
    #expect(event?.place?.object == "/obs/OS")
  }

  @Test("the table has a row for each, with gaps for what there is not")
  func table() throws {
    let report = try SurvivalReport([write(patients())], settings: SurvivalSettings(endpoints: ["OS", "DSS"]))
    let path = folder.file("table.csv")
    try report.write(csv: path)
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 7 && lines[0].hasPrefix("tissue,endpoint,samples,") && lines[1].hasPrefix("all,OS,40,"))
    #expect(lines[2].hasSuffix(",,,,,,,,the endpoint is known of no patient in a group"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["cohort.h5ad", "table.csv"])
    let error = #expect(throws: OutcomeError.self) { try report.write(csv: folder.file("no/table.csv")) }
    #expect(error?.kind == .unwritable)
  }

  @Test("the curves of the groups are those of their patients")
  func curves() throws {
    let patients = patients()
    let cohort = try SurvivalCohort([write(patients)], settings: settings)
    let high = patients.filter { $0.tissue == "skin" && $0.value > 1 }
    let expected = KaplanMeier(try SurvivalData(times: high.map(\.time), events: high.map { $0.event == 1 }))
    #expect(cohort.curves(of: "skin", endpoint: "OS")?.high == expected)
    #expect(cohort.curves(of: nil, endpoint: "OS")?.low.atRisk.first == 20)
    #expect(cohort.curves(of: "skin", endpoint: "PFI") == nil)
  }

  @Test("refuses heterogeneity that was made of other data")
  func stale() throws {
    let record: StoreValue = .group([
      "block": .string("obs/heterogeneity"), "model": .string(String(repeating: "ab", count: 32)),
      "input": .string(String(repeating: "cd", count: 32)), "panel_order": .string(""), "settings": .group([:]),
      "tool_version": .string("0.1.0"), "seed": .integer(7),
    ])
    let path = try write(patients(), uns: ["embeddings": .group(["heterogeneity": record])])
    let error = #expect(throws: OutcomeError.self) { try SurvivalReport([path], settings: settings) }
    #expect(error?.kind == .stale && error?.place?.object == "/obs/heterogeneity")
  }
}
