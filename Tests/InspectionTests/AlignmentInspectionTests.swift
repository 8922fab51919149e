import Cohorts
import Foundation
import TestSupport
import Testing

@testable import Inspection

@Suite("Inspection of alignments")
struct AlignmentInspectionTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.h5ad")
  }

  private func inspection(of cohort: Cohort = ExampleAlignment.make()) throws -> StoreInspection {
    try cohort.write(to: path)
    return try StoreInspection(of: path)
  }

  @Test("tells how it was made and what it is judged by")
  func summary() throws {
    let alignment = try #require(try inspection().alignment)
    #expect(alignment.preset == "paper" && alignment.source == "gdsc" && alignment.cellLines == 4)
    #expect(alignment.checkpoint == "aligner.safetensors" && alignment.model.hasPrefix("89abcdef"))
    #expect(alignment.tissues.map(\.name) == ["colon", "skin"] && alignment.tissues.map(\.sourceSamples) == [2, 1])
    #expect(alignment.measures.map(\.name) == ["mixing", "silhouette_domain", "neighbours"])
    #expect(alignment.measures.map(\.alignedExpression) == [1, nil, 30])
    #expect(alignment.training?.epochs == 3 && alignment.training?.last["total"] == .number(1.25))
  }

  @Test("lists all cell lines by mean weight, with the samples that they are on top in")
  func lines() throws {
    let lines = try #require(try inspection().alignment?.weights?.lines)
    #expect(
      lines.map(\.name) == ["A375", "SW480", "HT29", "X1"] && lines.map(\.tissue) == ["skin", "colon", "colon", nil])
    // Sums of powers of two are exact, so the quotients are those of the exact sums.
    let means: [Double] = [1.875 / 5, 1.375 / 5, 1.125 / 5, 0.625 / 5]
    #expect(lines.map(\.meanWeight) == means)
    // Of the second sample's equal weights the first line's counts.
    #expect(lines.map(\.samplesOnTop) == [3, 1, 1, 0])
  }

  @Test("adds up the weights by tissue of the lines, as a whole and by tissue of the patients")
  func tissues() throws {
    let weights = try #require(try inspection().alignment?.weights)
    #expect(weights.tissues.map(\.tissue) == ["colon", "skin", nil] && weights.tissues.map(\.lines) == [2, 1, 1])
    #expect(abs(weights.tissues.map(\.meanWeight).reduce(0, +) - 1) < 1e-15)  // rows of exact weights sum to one
    #expect(weights.patients.map(\.name) == ["colon", "lung, left", "skin"])
    #expect(weights.patients.map(\.samples) == [2, 1, 1] && weights.patientsWithoutTissue == 1)
    #expect(weights.patients[0].top.map(\.meanWeight) == [0.875, 0.0625, 0.0625])
    #expect(weights.patients[0].top.map(\.tissue) == ["colon", "skin", nil])
    #expect(weights.patients[2].top.map(\.meanWeight) == [1, 0, 0])
  }

  @Test("tells the quantiles of heterogeneity of the samples that have it, and its bound")
  func heterogeneity() throws {
    let found = try #require(try inspection().alignment?.heterogeneity)
    #expect(found.minimum == 0 && found.maximum == 1.25 && found.median == 0.75 && found.gaps == 1)
    #expect(found.lowerQuartile == 0.375 && found.upperQuartile == 1.0625 && found.bound == log(4.0))
  }

  @Test("reads weights of several blocks as those of one")
  func blocks() throws {
    let (samples, width) = (530, 500)
    var cohort = ExampleCohort.make(samples: samples)
    var summary = ExampleAlignment.summary
    summary.cellLines = (0..<width).map { .init(name: "L\($0)", tissue: $0 % 2 == 0 ? "even" : "odd") }
    cohort.uns["alignment"] = summary.value
    var weights = [Float](repeating: 0, count: samples * width)
    for sample in 0..<samples {
      weights[sample * width + sample % width] = 0.75
      weights[sample * width + 1] += 0.25
    }
    cohort.obsm["therapi_weights"] = Matrix(rows: samples, columns: width, values: weights)
    let found = try #require(try inspection(of: cohort).alignment?.weights)
    // A quarter in every sample, and three more in two of them.
    #expect(found.lines[0].name == "L1" && found.lines[0].meanWeight == (0.25 * 530 + 0.75 * 2) / 530)
    #expect(found.lines.map(\.samplesOnTop).reduce(0, +) == samples && found.lines[1].samplesOnTop == 2)
    #expect(found.tissues.map(\.tissue) == ["odd", "even"])
    #expect(abs(found.tissues[1].meanWeight - 0.375) < 1e-12)  // a sum of 250 rounded quotients
  }

  @Test("the page shows it, with the figures under their headings")
  func page() throws {
    let text = try inspection().text
    for line in [
      "alignment   preset paper; 4 cell lines of gdsc; standardisation z-scores of each domain\n",
      "            checkpoint aligner.safetensors, model 89abcdef89ab\n",
      "training    3 epochs, at last total 1.25, validation nan\n",
      "common      colon: 2 cell lines, 2 patients\n            skin: 1 cell line, 1 patient\n",
      "measures                         raw  latent  aligned\n",
      "            mixing             0.013   0.875    1.000\n",
      "            silhouette_domain  0.500  -0.063        -\n",
      "            neighbours            30      30       30\n",
      "entropy     least 0.00, quartile 0.38, median 0.75, quartile 1.06, most 1.25 nats; "
        + "equal weights would give 1.39; 1 without\n",
      "mixtures    colon 50.0 %, skin 37.5 %, no tissue 12.5 %\n",
      "top lines   37.50 % A375 (skin), on top in 3 samples\n            27.50 % SW480 (colon), on top in 1 sample\n",
      "            12.50 % X1 (no tissue), on top in 0 samples\n",
      "patients    colon 2: colon 87.5 %, skin 6.3 %, no tissue 6.3 %\n",
      "            skin 1: skin 100.0 %, colon 0.0 %, no tissue 0.0 %\n            1 without\n",
    ] {
      #expect(text.contains(line), "\(line) is not in:\n\(text)")
    }
  }

  @Test("the page shows twenty lines and fifteen tissues of patients, and says what it leaves out")
  func manyLines() throws {
    var cohort = ExampleCohort.make(samples: 40)
    var summary = ExampleAlignment.summary
    summary.cellLines = (0..<25).map { .init(name: "L\($0)", tissue: "skin") }
    cohort.obs.set("tissue", .categorical((0..<40).map { "t\($0 % 20)" }))
    cohort.uns["alignment"] = summary.value
    cohort.obsm["therapi_weights"] = Matrix(rows: 40, columns: 25, repeating: 0.04)
    let inspection = try inspection(of: cohort)
    #expect(inspection.alignment?.weights?.lines.count == 25 && inspection.alignment?.weights?.patients.count == 20)
    #expect(inspection.text.contains(" L19 (skin)") && !inspection.text.contains(" L20 (skin)"))
    #expect(inspection.text.contains("            and 5 more (10)\n"))
  }

  @Test("JSON has snake_case keys and no NaN")
  func json() throws {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let data = try encoder.encode(inspection())
    let document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let alignment = try #require(document["alignment"] as? [String: Any])
    #expect(alignment["cell_lines"] as? Int == 4)
    let measures = try #require(alignment["measures"] as? [[String: Any]])
    #expect(measures[0]["aligned_expression"] as? Double == 1 && measures[1]["aligned_expression"] == nil)
    let last = try #require((alignment["training"] as? [String: Any])?["last"] as? [String: Any])
    #expect(last["validation"] is NSNull)
    let lines = try #require((alignment["weights"] as? [String: Any])?["lines"] as? [[String: Any]])
    #expect(lines[0]["mean_weight"] as? Double == 0.375 && lines[0]["samples_on_top"] as? Int == 3)
  }

  @Test("weights of another number of cell lines are an error with their place")
  func width() throws {
    var cohort = ExampleAlignment.make()
    cohort.obsm["therapi_weights"] = Matrix(rows: 5, columns: 3, repeating: 1 / 3)
    let error = try #require(throws: StoreError.self) { try inspection(of: cohort) }
    #expect(error.kind == .offProfile && error.place?.object == "/obsm/therapi_weights" && error.place?.file == path)
    #expect(error.cause.contains("is 5 x 3; the store has 5 samples, and uns/alignment 4 cell lines"))
  }

  @Test("so is a row that is no mixture", arguments: [Float(-0.5), 0.5])
  func noMixture(weight: Float) throws {
    var cohort = ExampleAlignment.make()
    var weights = ExampleAlignment.weights
    weights.values[9] = weight
    cohort.obsm["therapi_weights"] = weights
    let error = try #require(throws: StoreError.self) { try inspection(of: cohort) }
    #expect(error.place?.object == "/obsm/therapi_weights" && error.cause.hasPrefix("row 3: "))
  }

  @Test("what the store does not hold is left out")
  func partial() throws {
    var cohort = ExampleAlignment.make()
    cohort.obsm = [:]
    cohort.uns["embeddings"] = nil
    cohort.obs = Frame(indexName: "sample", index: cohort.obs.index)
    let inspection = try inspection(of: cohort)
    let alignment = try #require(inspection.alignment)
    #expect(alignment.weights == nil && alignment.heterogeneity == nil && alignment.measures.count == 3)
    #expect(!inspection.text.contains("mixtures") && !inspection.text.contains("entropy"))
  }

  @Test("a store without an alignment has none, nor has one of another program that keeps something else there")
  func none() throws {
    #expect(try inspection(of: ExampleCohort.make()).alignment == nil)
    var cohort = ExampleCohort.make()
    cohort.uns = ["alignment": .string("bwa")]
    #expect(try inspection(of: cohort).alignment == nil)
  }

  @Test("an alignment of a store without samples has no weights")
  func noSamples() throws {
    var cohort = ExampleCohort.make(samples: 0)
    cohort.uns["alignment"] = ExampleAlignment.summary.value
    cohort.obsm = ["therapi_weights": Matrix(rows: 0, columns: 4)]
    cohort.uns["embeddings"] = nil
    #expect(try inspection(of: cohort).alignment?.weights == nil)
  }

  @Test(
    "decimals are rounded to their digits",
    arguments: [
      (0.0125, 3, "0.013"), (-0.0004, 3, "0.000"), (-1.5, 0, "-2"), (12.25, 1, "12.3"), (0, 2, "0.00"),
      (.infinity, 2, "inf"),
    ])
  func decimals(value: Double, digits: Int, text: String) {
    #expect(Wording.decimal(value, digits: digits) == text)
  }
}
