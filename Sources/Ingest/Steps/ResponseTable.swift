import Cohorts
import Problems
import Responses
import Sources

/// The responses of a cohort's samples to drugs, as the store has them.
struct ResponseTable {
  struct Row {
    var sample: String
    var drug: String
    /// ln(IC50 in micromolar), or 1 and 0 for a patient's response.
    var value: Double
    var unit: String
    var pIC50 = Double.nan
    var label: Bool
    var isExtrapolated: Bool?
    var screen = ""
    var drugID = ""
    var rule: String
  }

  private(set) var rows: [Row] = []
  /// Names that files use for a drug, by the drug's name.
  private(set) var spellings: [String: Set<String>] = [:]

  /// Drugs with a response, sorted.
  var drugs: [String] { Set(rows.map(\.drug)).sorted() }

  mutating func append(_ row: Row) { rows.append(row) }

  mutating func note(_ spelling: String, for drug: String) { spellings[drug, default: []].insert(spelling) }

  /// One row a response, in the order of the samples.
  func frame(order ids: [String]) -> Frame {
    let position = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    let drugs = drugs
    let rank = Dictionary(uniqueKeysWithValues: drugs.enumerated().map { ($1, $0) })
    let keys = self.rows.map { (position[$0.sample] ?? ids.count, rank[$0.drug] ?? drugs.count) }
    let order = keys.indices.sorted { (keys[$0].0, keys[$0].1, $0) < (keys[$1].0, keys[$1].1, $1) }
    let rows = order.map { self.rows[$0] }
    var frame = Frame(indexName: "response", index: rows.indices.map(String.init))
    frame.set("sample", .categorical(rows.map(\.sample)))
    frame.set("drug", .categorical(rows.map(\.drug)))
    frame.set("value", .doubles(rows.map(\.value)))
    frame.set("unit", .categorical(rows.map(\.unit)))
    frame.set("pic50", .doubles(rows.map(\.pIC50)))
    frame.set("label", .int32s(rows.map { $0.label ? 1 : 0 }))
    frame.set("extrapolated", .categorical(rows.map { $0.isExtrapolated.map { $0 ? "yes" : "no" } ?? "unknown" }))
    frame.set("screen", .categorical(rows.map(\.screen)))
    frame.set("drug_id", .categorical(rows.map(\.drugID)))
    frame.set("rule", .categorical(rows.map(\.rule)))
    return frame
  }
}

/// Reads the responses that a configuration names.
struct ResponseReader {
  let configuration: IngestConfiguration
  let inputs: InputLedger
  let annotation: SampleAnnotation
  let drugNames: DrugNames
  let knownDrugs: Bool

  /// `drugs` are the names that the configuration's tables of drugs hold.
  init(_ configuration: IngestConfiguration, inputs: InputLedger, annotation: SampleAnnotation, drugs: [String]) {
    self.configuration = configuration
    self.inputs = inputs
    self.annotation = annotation
    var table: [String: [String]] = [:]
    for drug in drugs { table[drug] = [] }
    for synonym in configuration.drugs.synonyms { table[synonym.drug, default: []].append(synonym.name) }
    drugNames = DrugNames(table)
    knownDrugs = !table.isEmpty
  }

  /// Throws `IngestError`, `ResponseError` and what the files throw.
  func table(drops: inout DropLog) throws -> ResponseTable {
    var table = ResponseTable()
    for response in configuration.responses { try read(response, into: &table, drops: &drops) }
    return table
  }

  private func read(
    _ response: IngestConfiguration.Response, into table: inout ResponseTable, drops: inout DropLog
  ) throws {
    let file = try inputs.open(response.file, role: "responses")
    var records = try response.layout.read(file, options: response.options, columns: response.columns)
    let names = try drugTitles(response)
    for index in records.indices {
      if let names { records[index].drug = names[records[index].drug] ?? records[index].drug }
      for prefix in response.strip where records[index].sample.hasPrefix(prefix) {
        records[index].sample.removeFirst(prefix.count)
      }
    }
    let samples = try annotation.names(in: response.join, at: configuration.file)
    let join = SampleJoin(response.sampleNames, names: Array(Set(records.map(\.sample))), samples: samples)
    for name in join.ambiguous {
      drops.drop(.response, name, "its name may be of several cell lines", at: Place(file.path))
    }
    let isFitted = response.layout == .gdscFitted || response.layout == .ic50Matrix
    let before = table.rows.count
    let known = try knownRecords(records, of: response, names: &table, drops: &drops)
    if isFitted {
      try addIC50s(known, of: response, join, into: &table, drops: &drops)
    } else {
      try addLabels(known, of: response, join, into: &table, drops: &drops)
    }
    guard table.rows.count > before else {
      throw IngestError(
        .responses, at: Place(file.path),
        "none of its \(records.count) responses is of a sample of the cohort and a drug that is kept",
        remedy: "compare its sample names, such as '\(records.first?.sample ?? "")', with the cohort's, such as "
          + "'\(samples.first ?? "")'")
    }
  }

  /// Names of a matrix's columns, where a table of them is given.
  private func drugTitles(_ response: IngestConfiguration.Response) throws -> [String: String]? {
    guard let source = response.drugNames else { return nil }
    let records = try RecordTable.read(
      inputs.open(source.file, role: "drug names"), columns: [ColumnRequest(source.id), ColumnRequest(source.name)])
    return Dictionary(zip(records[source.id], records[source.name]), uniquingKeysWith: { first, _ in first })
  }

  /// The records with the names of their drugs settled.
  private func knownRecords(
    _ records: [ResponseRecord], of response: IngestConfiguration.Response, names table: inout ResponseTable,
    drops: inout DropLog
  ) throws -> [ResponseRecord] {
    var settled: [String: String?] = [:]
    var unknown: [String: Int] = [:]
    let known = records.compactMap { record in
      let drug = settled[record.drug] ?? settle(record.drug, response)
      settled[record.drug] = .some(drug)
      guard let drug else {
        unknown[record.drug, default: 0] += 1
        return ResponseRecord?.none
      }
      table.note(record.drug, for: drug)
      var record = record
      record.drug = drug
      return record
    }
    for (name, count) in unknown.sorted(by: { $0.key < $1.key }) {
      drops.drop(.drug, name, "it is no drug of the configuration's tables")
      drops.count(.response, "its drug is in none of the configuration's tables", count)
    }
    return known
  }

  private func settle(_ name: String, _ response: IngestConfiguration.Response) -> String? {
    if knownDrugs, case .found(let drug, _) = drugNames.match(name) { return drug }
    return response.onlyKnownDrugs ? nil : name
  }

  private var ids: [String] { annotation.ids }

  // MARK: IC50s

  /// Labels are taken over every line that the file has, then the cohort's are kept.
  private func addIC50s(
    _ records: [ResponseRecord], of response: IngestConfiguration.Response, _ join: SampleJoin,
    into table: inout ResponseTable, drops: inout DropLog
  ) throws {
    var measured: [DrugResponse] = []
    let names = Set(records.map(\.sample))
    // Samples that share a line are measured as the first of them.
    var ours: [String: String] = [:]
    var owners: [String: [Int]] = [:]
    for name in names {
      let rows = join.rows(of: name)
      guard let first = rows.first else { continue }
      ours[name] = ids[first]
      owners[ids[first]] = rows
    }
    for record in records {
      guard case .lnIC50(let value) = record.value else { continue }
      let sample = ours[record.sample] ?? record.sample
      measured.append(
        DrugResponse(
          sample: sample, drug: record.drug, lnIC50: value, maxConcentration: record.maxConcentration,
          screen: record.screen.isEmpty ? response.screen : record.screen,
          drugID: record.drugID.isEmpty ? nil : record.drugID, auc: record.areaUnderCurve))
    }
    let resolved = try response.repeats.resolve(measured, at: Place(inputs.path(of: response.file)))
    for dropped in resolved.dropped { drops.count(.response, dropped.reason.rawValue, 1) }
    drops.count(.response, "averaged with another row of the pair", resolved.merged.count)
    let labels = ResponseLabels(resolved.responses).labels
    var others = 0
    for (measured, label) in zip(resolved.responses, labels) {
      guard let rows = owners[measured.sample] else {
        others += 1
        continue
      }
      for row in rows {
        table.append(
          ResponseTable.Row(
            sample: ids[row], drug: measured.drug, value: measured.lnIC50, unit: "ln(uM)", pIC50: measured.pIC50,
            label: label, isExtrapolated: measured.isExtrapolated, screen: measured.screen ?? "",
            drugID: measured.drugID ?? "", rule: "pIC50 above the drug's mean over all lines"))
      }
    }
    drops.count(.response, "its sample is not in the cohort", others)
  }

  // MARK: Patients

  private func addLabels(
    _ records: [ResponseRecord], of response: IngestConfiguration.Response, _ join: SampleJoin,
    into table: inout ResponseTable, drops: inout DropLog
  ) throws {
    let words = try ResponseWords(
      Dictionary(
        response.responders.map { ($0, true) } + response.nonResponders.map { ($0, false) }, uniquingKeysWith: { $1 }))
    var courses: [[String]: (labels: [Bool], place: Place)] = [:]
    for record in records {
      let rows = join.rows(of: record.sample)
      guard !rows.isEmpty else {
        drops.count(.response, "its sample is not in the cohort", 1)
        continue
      }
      let label: Bool
      switch record.value {
      case .responder(let responds): label = responds
      case .word(let word):
        guard case .label(let known) = words.read(word) else {
          drops.drop(.response, "\(record.sample) \(record.drug)", "the rule does not name '\(word)'", at: record.place)
          continue
        }
        label = known
      case .lnIC50: continue
      }
      for row in rows { courses[[ids[row], record.drug], default: ([], record.place)].labels.append(label) }
    }
    for (pair, known) in courses.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      guard let label = response.courses.label(of: known.labels) else {
        throw IngestError(
          .responses, at: known.place, "\(pair[0]) had \(pair[1]) in courses with different responses",
          remedy: "choose a rule: courses: best, worst or first")
      }
      drops.count(.response, "another course of the patient with the drug", known.labels.count - 1)
      table.append(
        ResponseTable.Row(
          sample: pair[0], drug: pair[1], value: label ? 1 : 0, unit: "response", label: label, rule: rule(response)))
    }
  }

  private func rule(_ response: IngestConfiguration.Response) -> String {
    response.layout == .responseMatrix
      ? "as the matrix has it; courses: \(response.courses.rawValue)"
      : "1: \(response.responders.joined(separator: ", ")); 0: \(response.nonResponders.joined(separator: ", ")); "
        + "courses: \(response.courses.rawValue)"
  }
}
