import Files
import Foundation
import HDF5
import Problems
import TestSupport
import Testing

@testable import Alignment
@testable import Cohorts

@Suite("Cohorts that cannot be aligned")
struct BadPairTests {
  private let pair: ExamplePair

  init() throws { pair = try ExamplePair() }

  /// Prepares the pair, which must fail with these words.
  private func expect(
    _ kind: AlignmentFault, at place: Place, _ cause: String, _ remedy: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: AlignmentError.self, sourceLocation: sourceLocation) { try pair.prepared() }
    #expect(error?.kind == kind, sourceLocation: sourceLocation)
    #expect(error?.place == place, sourceLocation: sourceLocation)
    #expect(error?.cause == cause, sourceLocation: sourceLocation)
    #expect(error?.remedy == remedy, sourceLocation: sourceLocation)
    #expect(error?.origin == .input, sourceLocation: sourceLocation)
  }

  private func source(_ object: String) -> Place { Place(pair.sourcePath, object: object) }
  private func target(_ object: String) -> Place { Place(pair.targetPath, object: object) }

  // MARK: - Stores

  @Test("a store without what ingest says of it")
  func foreign() {
    let remedy = "ingest the cohort with therapi"
    let therapi = pair.source.uns["therapi"]
    pair.source.uns["therapi"] = nil
    expect(.foreign, at: source("/uns/therapi/schema"), "is missing", remedy)
    pair.source.uns["therapi"] = .group(["schema": .integer(1)])
    expect(.foreign, at: source("/uns/therapi/name"), "is missing", remedy)
    pair.source.uns["therapi"] = .group(["schema": .integer(1), "name": .string("line")])
    expect(.foreign, at: source("/uns/therapi/panel_order"), "is missing", remedy)
    pair.source.uns["therapi"] = therapi
    pair.target.uns["expression"] = nil
    expect(.foreign, at: target("/uns/expression/unit"), "is missing", remedy)
  }

  @Test("a store of a layout to come")
  func laterSchema() {
    pair.target.uns["therapi"] = .group([
      "schema": .integer(2), "panel_order": .string("abc"), "name": .string("patient"),
    ])
    expect(
      .foreign, at: target("/uns/therapi/schema"), "is 2; this program knows 1",
      "use the version of therapi that wrote the store, or ingest the cohort again")
  }

  @Test("a store without a seal")
  func unsealed() throws {
    try pair.target.write(to: pair.targetPath)
    let file = try HDF5File.create(pair.sourcePath)
    let root = try file.root
    try Encoding.anndata.mark(root.attributes)
    try pair.source.x.write("X", to: root)
    try pair.source.obs.write("obs", to: root)
    try pair.source.genes.write("var", to: root)
    try file.close()
    let error = #expect(throws: AlignmentError.self) {
      try AlignmentDomains(
        source: CohortStore(pair.sourcePath), targets: [CohortStore(pair.targetPath)], pair.configuration)
    }
    #expect(error?.kind == .foreign && error?.place == Place(pair.sourcePath))
    #expect(error?.cause == "has no seal, so therapi did not write it")
    #expect(error?.remedy == "ingest the cohort with therapi")
  }

  @Test("NaN and infinity in X", arguments: [Float.nan, -.infinity])
  func notFinite(value: Float) throws {
    _ = try pair.prepared()
    let file = try HDF5File.open(pair.targetPath, .readWrite)
    var values = pair.target.x.values
    values[4 * 2 + 3] = value
    try file.root.dataset("X").write(values)
    try file.close()
    // The seal that a store would have if the value had got past ingest.
    var bytes = try Data(contentsOf: URL(fileURLWithPath: pair.targetPath))
    let seal = StoreSeal(sha256: SHA256.hex(of: bytes.dropFirst(512)), bytes: bytes.count - 512)
    bytes.replaceSubrange(0..<512, with: seal.block)
    try bytes.write(to: URL(fileURLWithPath: pair.targetPath))
    let error = #expect(throws: AlignmentError.self) {
      try AlignmentDomains(
        source: CohortStore(pair.sourcePath), targets: [CohortStore(pair.targetPath)], pair.configuration)
    }
    #expect(error?.kind == .notFinite && error?.place == target("/X"))
    #expect(error?.cause == "is \(value) for sample patient2, gene D")
    #expect(error?.remedy == "ingest the cohort again, with a rule for gaps")
  }

  @Test("genes in another order")
  func geneOrder() {
    pair.target.uns["therapi"] = .group([
      "schema": .integer(1), "panel_order": .string("abd"), "name": .string("patient"),
    ])
    expect(
      .genes, at: target("/uns/therapi/panel_order"),
      "names another order of genes than \(pair.sourcePath):/uns/therapi/panel_order",
      "ingest the cohorts with the same version of therapi")
  }

  @Test("no gene that both sides measured")
  func noSharedGene() {
    pair.source.x = Matrix(rows: 5, columns: 4)
    pair.source.genes.set("measured", .booleans([false, false, true, false]))
    expect(
      .genes, at: target("/var/measured"), "shares no measured gene with \(pair.sourcePath):/var/measured",
      "see how their genes matched: therapi inspect")
  }

  @Test("units that differ, and no word on them")
  func units() {
    pair.configuration.settings.standardisation = .refuseMixed
    expect(
      .units, at: target("/uns/expression/unit"),
      "is log2(tpm + 1), but \(pair.sourcePath):/uns/expression/unit is zscore",
      "set settings.standardisation to per-gene-and-domain or per-sample, or to none to mix them as they are")
  }

  // MARK: - Tissues

  @Test("a column of tissues that is not there, or holds numbers")
  func noTissueColumn() {
    pair.configuration.target.column = "site"
    expect(
      .tissues, at: target("/obs"), "has no column 'site', which is to say of which tissue a sample is",
      "it has tissue, split, age: name one of them in the configuration")
    pair.configuration.target.column = "age"
    expect(
      .tissues, at: target("/obs/age"), "holds no words, so it cannot say of which tissue a sample is",
      "name a column of words, or ingest it as a category")
  }

  @Test("words that the map does not name, all at once and at the map's line")
  func unmapped() {
    pair.configuration.source.map = TissueMap(place: Place("m.yaml", line: 4, field: "3"), tissues: ["lung": "lung"])
    expect(
      .tissues, at: Place("m.yaml", line: 4, field: "3"),
      "the map does not name 'myeloma' (1 sample), 'skin' (1 sample) of \(pair.sourcePath):/obs/tissue",
      "map them, list them under drop, or write unmapped: drop")
  }

  @Test("a source whose lines all go")
  func noLineLeft() {
    pair.configuration.source.map = TissueMap(place: Place("m.yaml"), tissues: ["x": "y"], unmapped: .drop)
    expect(
      .tissues, at: source("/obs/tissue"),
      "leaves no cell line (1 sample: its tissue is not known; 4 samples: the tissue map drops its word)",
      "name another column, or mend the map")
  }

  @Test("a tissue of patients that no line is of")
  func notInSource() {
    pair.source.obs.set("tissue", .categorical(["Lung", "", "", "LUNG", "myeloma"]))
    expect(
      .tissues, at: target("/obs/tissue"), "has tissues that no cell line is of: skin ('SKCM', 2 samples)",
      "write target.not-in-source: drop, and their samples do not train; or list the words under drop")
  }

  @Test("a run of a tissue that no line is of")
  func noSuchTissue() {
    pair.configuration.settings.tissue = "eye"
    expect(
      .tissues, at: source("/obs/tissue"), "has no cell line of the tissue 'eye'",
      "set settings.tissue to one of lung, myeloma, skin")
  }

  // MARK: - Training

  @Test("a rule on training whose column or values are not there")
  func badRule() {
    pair.configuration.training = .column("cohort", values: ["train"])
    expect(
      .training, at: target("/obs"), "has no column 'cohort', which is to say which samples train",
      "it has tissue, split, age: name one of them in the configuration")
    pair.configuration.training = .column("split", values: ["train", "trian"])
    expect(
      .training, at: target("/obs/split"), "is 'trian' for no sample",
      "target.train.values must be of its values: test, train")
  }

  @Test("fewer patients than a batch, or none")
  func tooFew() {
    pair.configuration.settings.batchSize = 128
    expect(
      .training, at: target("/obs"),
      "leaves 4 samples to train, fewer than a batch of 128 (1 sample: its tissue is not known; "
        + "1 sample: the rule on training holds it out)", "set settings.batch-size to 4 or fewer")
    pair.target.uns["responses"] = nil
    pair.target.obs.set("tissue", .categorical(["", "", "", "", "", ""]))
    expect(
      .training, at: target("/obs"), "leaves no sample to train (6 samples: its tissue is not known)",
      "see target.train and the tissue map in the configuration")
  }
}
