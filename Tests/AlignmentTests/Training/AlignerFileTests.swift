import Cohorts
import Formats
import Foundation
import Problems
import TestSupport
import Testing

@testable import Alignment

@Suite("Aligner's file")
struct AlignerFileTests {
  private let run: RunCase

  /// One training serves all tests.
  private static let trained = Result {
    let run = try RunCase()
    run.settings = RunCase.quick + ", standardisation: per-gene-and-domain, patience: 5"
    try run.write()
    try run.run()
    return try Data(contentsOf: URL(fileURLWithPath: run.checkpoint))
  }

  init() throws {
    run = try RunCase()
    try Self.trained.get().write(to: URL(fileURLWithPath: run.checkpoint))
  }

  // MARK: - What it says

  @Test("the header names preset, settings, seed, cohorts, units, genes, tissues, lines, the key and the curve")
  func header() throws {
    let texts = try SafetensorsFile(reading: run.checkpoint).metadata
    #expect(
      texts.keys.sorted() == [
        "cell_lines", "format", "gene_order", "key", "preset", "seed", "settings", "source", "source_unit",
        "target_unit", "targets", "tissues", "tool_version", "training_curve",
      ])
    let header = try AlignerFile(reading: run.checkpoint).header
    #expect(texts["format"] == "therapi-aligner 1" && header.preset == .reference && texts["seed"] == "0")
    #expect(header.settings.epochs == 2 && header.settings.patience == 5 && header.settings.tissue == "colon")
    #expect(header.settings.standardisation == .perGeneAndDomain && header.settings.latentSize == 4)
    #expect(header.source == "lines" && header.targets == ["patients"])
    #expect(header.sourceUnit == MixtureStudy.unit && header.targetUnit == MixtureStudy.unit)
    #expect(header.geneOrder == MixtureStudy.panelOrder && header.tissues == ["colon"])
    #expect(header.cellLines == ["lines-0", "lines-3", "lines-6", "lines-9"])
    #expect(header.key.count == 64 && texts["tool_version"] == header.toolVersion)
    #expect(header.curve.epochs.count == 2 && header.curve.epochs[0].terms.count == 4)
  }

  @Test("the settings and the curve stand as JSON that says what each column is")
  func json() throws {
    let texts = try SafetensorsFile(reading: run.checkpoint).metadata
    let settings = try JSONDecoder().decode([String: String].self, from: Data((texts["settings"] ?? "").utf8))
    #expect(settings["learning-rate"] == "0.001" && settings["tissue"] == "colon" && settings["center-loss"] == "mean")
    let curve = try #require(
      try JSONSerialization.jsonObject(with: Data((texts["training_curve"] ?? "").utf8)) as? [String: Any])
    #expect(curve["columns"] as? [String] == TrainingCurve.columns)
    let rows = try #require(curve["rows"] as? [[Any]])
    #expect(rows.count == 2 && rows.allSatisfy { $0.count == TrainingCurve.columns.count })
  }

  @Test("reads back to the same bits, and is written to the same bytes")
  func roundTrip() throws {
    let file = try AlignerFile(reading: run.checkpoint)
    try file.write(to: run.path("again"))
    #expect(try run.sum("again") == run.sum())
    let again = try AlignerFile(reading: run.path("again"))
    #expect(again.header == file.header && again.model == file.model)
  }

  @Test("any header reads back as it was", arguments: 0..<10)
  func headers(seed: UInt64) throws {
    var generator = SeededGenerator(seed: 90 + seed)
    var header = TrainingCase().header
    let words = ["Zürich", "\"quoted\"", "a/b\\c", "", "漢字 🧬", "tab\there", "HT-29"]
    header.cellLines = (0..<4).map { _ in words.randomElement(using: &generator) ?? "" }
    (header.source, header.targets) = (words.randomElement(using: &generator) ?? "", [words[Int(seed % 7)], "b"])
    header.settings.learningRate = Double.random(in: 1e-9...1, using: &generator)
    for _ in 0..<Int.random(in: 0...3, using: &generator) {
      let terms = AlignerTerm.allCases.map { ($0, Double.random(in: 0...1e6, using: &generator)) }
      header.curve.append(
        .init(
          terms: Dictionary(uniqueKeysWithValues: terms.filter { _ in Bool.random(using: &generator) }),
          total: Double.random(in: 0...1, using: &generator)))
    }
    try SafetensorsFile(metadata: header.metadata, tensors: [:]).write(to: run.path("header"))
    #expect(try AlignerHeader(SafetensorsFile(reading: run.path("header"))) == header)
  }

  // MARK: - What it refuses

  /// Spoils the file, which then cannot be read, and gives the error.
  private func refusal(_ spoil: (inout SafetensorsFile) throws -> Void) throws -> any Problem {
    var file = try SafetensorsFile(reading: run.checkpoint)
    try spoil(&file)
    try file.write(to: run.path("bad"))
    do {
      _ = try AlignerFile(reading: run.path("bad"))
    } catch let problem as any Problem {
      #expect(problem.place?.file == run.path("bad") && problem.origin == .input && problem.remedy != nil)
      return problem
    }
    throw NotRefused()
  }

  private struct NotRefused: Error {}

  @Test("a file of another kind, of another version, and one that says nothing of itself")
  func kinds() throws {
    #expect(
      try refusal { $0.metadata["format"] = "therapi-rank 1" }.cause == "is a checkpoint of 'therapi-rank 1'")
    #expect(try refusal { $0.metadata["format"] = nil }.cause == "is no aligner's checkpoint")
    #expect(try refusal { $0.metadata = [:] }.remedy == "take a file that therapi align wrote")
  }

  @Test(
    "a header that lacks a field or has one that cannot be",
    arguments: [
      "preset", "settings", "source", "targets", "source_unit", "target_unit", "gene_order", "tissues", "cell_lines",
      "key", "tool_version", "training_curve",
    ])
  func fields(name: String) throws {
    let missing = try refusal { $0.metadata[name] = nil }
    #expect(missing.cause == "the header does not name it" && missing.place?.field == name)
    guard ["preset", "settings", "targets", "tissues", "cell_lines", "training_curve"].contains(name) else { return }
    for text in ["", "{", "[1, {}]", "17"] {
      #expect(try refusal { $0.metadata[name] = text }.place?.field == name)
    }
  }

  @Test("tensors that are missing, of another shape, or that name what is not there")
  func tensors() throws {
    let names = try SafetensorsFile(reading: run.checkpoint).tensors.keys.sorted()
    for (place, name) in names.enumerated() {
      let isMissing = place % 2 == 0
      let error = try refusal { $0.tensors[name] = isMissing ? nil : Safetensor(shape: [2, 1], [0, 1]) }
      #expect(error.place?.field == name)
    }
    let tissue = try refusal { $0.tensors["source.tissues"] = Safetensor(shape: [4], values: .integers([0, 0, 1, 0])) }
    #expect(tissue.cause == "names a tissue that there is not" && tissue.place?.field == "source.tissues")
    #expect(try refusal { $0.metadata["cell_lines"] = "[]" }.cause == "names no cell line")
    #expect(try refusal { $0.metadata["cell_lines"] = "[\"a\"]" }.place?.field == "source.latent")
    #expect(try refusal { $0.metadata["tissues"] = "[\"a\",\"b\"]" }.place?.field == "centers")
  }

  @Test("what is no safetensors file, and one that was cut")
  func bytes() throws {
    let content = try Data(contentsOf: URL(fileURLWithPath: run.checkpoint))
    let pytorch = try Data(
      contentsOf: URL(fileURLWithPath: Checkout.folder + "/Tests/FormatsTests/Fixtures/Pickle/zip.pt"))
    let cases: [(Data, String)] = [
      (pytorch, "PyTorch"), (content.prefix(4), "too short"),
      (content.prefix(1_000), ""), (content.dropLast(5), ""), (content + [0], ""),
    ]
    for (bytes, word) in cases {
      try bytes.write(to: URL(fileURLWithPath: run.path("bad")))
      let error = #expect(throws: FormatError.self) { try AlignerFile(reading: run.path("bad")) }
      #expect(error?.place?.file == run.path("bad") && error?.remedy != nil)
      #expect(word.isEmpty || error?.cause.contains(word) == true, "\(error?.cause ?? "")")
    }
  }
}
