import Cohorts
import Foundation
import Genes
import TestSupport
import Testing

@testable import Inspection

@Suite("Inspection of stores")
struct StoreInspectionTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.h5ad")
  }

  private func inspection(of cohort: Cohort = ExampleCohort.make()) throws -> StoreInspection {
    try cohort.write(to: path)
    return try StoreInspection(of: path)
  }

  @Test("tells what the store is and how large")
  func outline() throws {
    let inspection = try inspection()
    #expect(inspection.cohort["name"] == .string("example") && inspection.cohort["schema"] == .integer(1))
    #expect(inspection.samples == 5 && inspection.genes.count == 3)
    #expect(try inspection.bytes == Data(contentsOf: URL(fileURLWithPath: path)).count)
    #expect(inspection.expression["unit"] == .string("log2(tpm + 1)"))
    #expect(inspection.expression["genes_read"] == .integer(20_531))
    #expect(inspection.layers == [.init(name: "aligned", rows: 5, columns: 3)])
    #expect(inspection.obsm == [.init(name: "X_therapi", rows: 5, columns: 2)])
    #expect(inspection.embeddings.map(\.block) == ["layers/aligned", "obsm/X_therapi"])
    let latent = inspection.embeddings[1]
    #expect(latent.state == "current" && latent.reason == nil && latent.model?.count == 64)
    #expect(latent.settings == ["preset": "paper"] && latent.details == ["seed": .integer(7)])
    #expect(inspection.embeddings[0].state == "unrecorded" && inspection.embeddings[0].model == nil)
    let seal = try #require(inspection.seal)
    #expect(seal.bytes + 512 == inspection.bytes && seal.sha256.count == 64 && seal.isChecked)
  }

  @Test("says of each embedding whether it is stale, and why, without X where the store is large")
  func staleness() throws {
    var cohort = ExampleCohort.make()
    cohort.x.values[0] += 1
    try cohort.write(to: path)
    let stale = try StoreInspection(of: path)
    #expect(stale.embeddings.map(\.state) == ["unrecorded", "stale"])
    #expect(stale.embeddings[1].reason?.contains("the expression") == true)
    #expect(stale.text.contains("            obsm/X_therapi: stale: the expression, the samples, var/measured"))
    let large = try StoreInspection(of: path, checkedBytes: 1_000)
    #expect(large.embeddings.map(\.state) == ["unrecorded", "unchecked"] && large.seal?.isChecked == false)
    #expect(large.text.contains("obsm/X_therapi: not compared with X (the store is large; `therapi verify` does)"))
    cohort.uns["therapi"] = .group(["panel_order": .string("0123")])
    try cohort.write(to: path)
    let reordered = try StoreInspection(of: path, checkedBytes: 1_000)
    #expect(reordered.embeddings[1].state == "stale")
    #expect(reordered.embeddings[1].reason?.contains("genes in another order") == true)
  }

  @Test("counts tissues without gaps, the most frequent first")
  func tissues() throws {
    let inspection = try inspection()
    #expect(inspection.tissues.map { "\($0.name) \($0.count)" } == ["colon 2", "lung, left 1", "skin 1"])
    #expect(inspection.sampleColumns.first == .init(name: "tissue", kind: "category", gaps: 1))
    #expect(inspection.sampleColumns.map(\.gaps) == [1, 1, 0, 1, 1])
  }

  @Test("names the genes that were not measured, and counts routes")
  func genes() throws {
    let genes = try inspection().genes
    #expect(genes.missing == ["ABCB6"] && genes.measured == 2 && !genes.isPanel)
    #expect(genes.routes == ["alias": 1, "entrez": 1])
  }

  @Test("knows the panel in its order")
  func panel() throws {
    let symbols = LandmarkPanel.shared.landmarks.map(\.symbol)
    #expect(try inspection(of: ExampleCohort.make(samples: 2, symbols: symbols)).genes.isPanel)
    #expect(try !inspection(of: ExampleCohort.make(samples: 2, symbols: symbols.reversed())).genes.isPanel)
  }

  @Test("counts responses, labels and extrapolated values")
  func responses() throws {
    let responses = try #require(try inspection().responses)
    #expect(responses.pairs == 3 && responses.drugs == 2 && responses.samples == 2)
    #expect(responses.positive == 1 && responses.negative == 1 && responses.unlabelled == 1)
    #expect(responses.extrapolated == [.init(name: "no", count: 2), .init(name: "yes", count: 1)])
    #expect(responses.units == [.init(name: "ln(uM)", count: 3)])
  }

  @Test("counts survival where both event and time are known")
  func survival() throws {
    #expect(try inspection().survival == [.init(name: "OS", known: 3, events: 1)])
  }

  @Test("lists inputs and what was dropped")
  func provenance() throws {
    let provenance = try #require(try inspection().provenance)
    #expect(provenance.inputs.map(\.name) == ["matrix.tsv.gz"] && provenance.inputs[0].bytes == 1_234_567)
    #expect(provenance.dropped.map(\.count) == [19_553, 1])
    #expect(provenance.configurationSHA256 == "fedcba9876543210" && provenance.created == nil)
  }

  @Test("the page for people shows all of it")
  func page() throws {
    let text = try inspection().text
    for line in [
      "\(path): a cohort store of therapi, schema 1, ", "cohort      example; An example; patients\n",
      "genes       3, 2 measured\n", "missing     1: ABCB6\n", "matched by  entrez 1, alias 1\n",
      "unit        log2(tpm + 1), from tpm\n", "evidence    sums to a million\n",
      "expression  genes_read 20531, pseudocount 1.0\n", "tissues     colon 2, lung, left 1, skin 1; 1 without\n",
      "responses   3 pairs of 2 drugs and 2 samples; in ln(uM) 3\n",
      "            1 positive, 1 negative, 1 without a label\n", "            extrapolated: no 2, yes 1\n",
      "survival    OS known of 3, 1 event\n", "layers      aligned 5 x 3\n", "obsm        X_therapi 5 x 2\n",
      "embeddings  layers/aligned: no record of what made it\n"
        + "            obsm/X_therapi: current, model abababababab, preset paper, seed 7, therapi 0.1.0\n",
      "inputs      matrix.tsv.gz (expression, 1.2 MB), sha256 0123456789ab\n",
      "dropped     19,553 genes: no landmark\n            1 sample: no tissue\n", "versions    therapi 0.1.0\n",
    ] {
      #expect(text.contains(line), "\(line) is not in:\n\(text)")
    }
  }

  @Test("shows fifteen tissues and sums up the rest")
  func manyTissues() throws {
    var cohort = ExampleCohort.make(samples: 40)
    cohort.obs.set("tissue", .categorical((0..<40).map { "t\($0 % 20 < 9 ? "0" : "")\($0 % 20 + 1)" }))
    let text = try inspection(of: cohort).text
    #expect(text.contains("t01 2, ") && text.contains("t15 2, and 5 more (10)\n"))
  }

  @Test("a store of another program is shown as far as it goes")
  func foreign() throws {
    var cohort = ExampleCohort.make()
    cohort.uns = [:]
    cohort.obs = Frame(indexName: "_names", index: cohort.obs.index)
    cohort.genes = Frame(indexName: "_names", index: cohort.genes.index)
    let inspection = try inspection(of: cohort)
    #expect(inspection.responses == nil && inspection.provenance == nil && inspection.genes.measured == nil)
    #expect(inspection.text.contains(": an AnnData store, "))
  }

  @Test("no escape sequence of a store reaches the terminal")
  func controls() throws {
    var cohort = ExampleCohort.make()
    cohort.uns["therapi"] = .group(["title": .string("a\u{1B}[31mred\u{7}\nsecond\u{202E}")])
    let text = try inspection(of: cohort).text
    #expect(text.contains("a\u{FFFD}[31mred\u{FFFD}\u{FFFD}second\u{FFFD}\n"))
    #expect(!text.unicodeScalars.contains("\u{1B}"))
  }

  @Test("numbers that are not finite are null in JSON")
  func notFinite() throws {
    var cohort = ExampleCohort.make()
    cohort.uns["expression"] = .group(["pseudocount": .number(.nan)])
    let json = String(decoding: try JSONEncoder().encode(inspection(of: cohort)), as: UTF8.self)
    #expect(json.contains(#""pseudocount":null"#))
  }

  @Test("a file that is no store is an error with its place")
  func noStore() throws {
    try Data("text".utf8).write(to: URL(fileURLWithPath: path))
    let error = try #require(throws: StoreError.self) { try StoreInspection(of: path) }
    #expect(error.place?.file == path && error.origin == .input)
  }
}

@Suite("Checks of stores")
struct StoreCheckTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.h5ad")
    try ExampleCohort.make().write(to: path)
  }

  @Test("a sound store has no errors")
  func sound() throws {
    let check = try StoreCheck(of: path)
    #expect(check.isSound && !check.findings.contains { $0.severity == "error" })
    #expect(check.text.hasPrefix("\(path): sound"))
  }

  @Test("a flipped bit anywhere makes it unsound", arguments: [3, 600, 5_000])
  func flipped(position: Int) throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[position] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path))
    let check = try StoreCheck(of: path)
    #expect(!check.isSound)
    #expect(check.text.hasPrefix("\(path): unsound: 1 error\n  error: "))
  }

  @Test("a store that is not there is unsound, not a crash")
  func missing() throws { #expect(try !StoreCheck(of: folder.file("none")).isSound) }
}
