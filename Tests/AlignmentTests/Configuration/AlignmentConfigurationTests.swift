import Configurations
import Foundation
import Problems
import TestSupport
import Testing

@testable import Alignment

private let house = Checkout.folder + "/align-configs"
private let fixtures = Bundle.module.resourceURL.map { $0.path + "/Fixtures" } ?? ""
private let badConfigurations = fixtures + "/bad-configs"
private let badMaps = fixtures + "/bad-maps"

@Suite("Alignment configurations")
struct AlignmentConfigurationTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.yaml")
  }

  private func write(_ text: String, to name: String = "a.yaml") throws {
    try text.write(toFile: folder.file(name), atomically: true, encoding: .utf8)
  }

  private static let plain = """
    name: plain
    preset: reference
    source: {tissue: {column: site, map: {Lung: lung}}}
    target: {tissue: {column: study, map: {LUAD: lung}}}
    """

  @Test("reads every configuration of the house")
  func readsHouse() throws {
    let paths = try Checkout.configurations(in: house)
    #expect(
      paths.map { ($0 as NSString).lastPathComponent } == [
        "gdsc-tcga.yaml", "gdsc2-coadread.yaml", "gdsc2-cognoma.yaml",
      ])
    for path in paths {
      let configuration = try AlignmentConfiguration(path: path)
      #expect(path == "\(house)/\(configuration.name).yaml")
      #expect(configuration.preset == .paper)
      #expect(configuration.source.map.place.file == house + "/tissues/gdsc-descriptor-2.yaml")
    }
  }

  @Test("reads what a configuration says")
  func readsValues() throws {
    let configuration = try AlignmentConfiguration(path: house + "/gdsc2-cognoma.yaml")
    #expect(configuration.name == "gdsc2-cognoma")
    #expect(configuration.title == "GDSC cell lines onto Cognoma's slices of TCGA")
    var settings = AlignerPreset.paper.settings
    (settings.batchSize, settings.standardisation) = (47, .perGeneAndDomain)
    #expect(configuration.settings == settings)
    #expect(configuration.source.column == "tissue_subtype")
    #expect(configuration.source.map.meaning(of: "HEAD and neck") == .tissue("head-and-neck"))
    #expect(configuration.target.map.meaning(of: "READ") == .tissue("large-intestine"))
    #expect(configuration.training == .all && configuration.notInSource == .drop)
  }

  @Test("fills in what a configuration leaves out")
  func fillsDefaults() throws {
    try write(Self.plain)
    let configuration = try AlignmentConfiguration(path: path)
    #expect(configuration.settings == AlignerPreset.reference.settings)
    #expect(configuration.training == .withoutResponses && configuration.notInSource == .error)
    #expect(configuration.target.map.meaning(of: "READ") == .unknown)
    #expect(configuration.effectiveText == Self.plain)
  }

  @Test("takes each setting over the preset's")
  func settings() throws {
    try write(
      Self.plain + """

        settings:
          latent-size: 64
          reconstruction-weight: 1
          classification-weight: 0
          center-weight: 0.25
          score-scaling: none
          reconstruction-loss: squared-norm
          center-loss: sum
          centers: trained
          seed: 7
          epochs: 3
          batch-size: 16
          learning-rate: 1e-4
          weight-decay: 0.01
          schedule: cosine
          patience: 10
          tissue: lung
          standardisation: per-sample
        """)
    let expected = AlignerSettings(
      latentSize: 64, reconstructionWeight: 1, classificationWeight: 0, centerWeight: 0.25, scoreScaling: .plain,
      reconstructionLoss: .squaredNorm, centerLoss: .sum, centers: .trained, seed: 7, epochs: 3, batchSize: 16,
      learningRate: 1e-4, weightDecay: 0.01, schedule: .cosine, patience: 10, tissue: "lung",
      standardisation: .perSample)
    #expect(try AlignmentConfiguration(path: path).settings == expected)
  }

  @Test("the command line changes settings and the preset, and both are recorded")
  func commandLine() throws {
    try write(Self.plain)
    let configuration = try AlignmentConfiguration(path: path, settings: ["preset=paper", "settings.epochs=2"])
    #expect(configuration.settings.epochs == 2 && configuration.settings.seed == 42)
    #expect(configuration.effectiveText == Self.plain + "\n# set: preset=paper\n# set: settings.epochs=2\n")
  }

  @Test("a rule on training may name a column and its values")
  func trainingColumn() throws {
    let rule = "target.train={column: split, values: [train, validation]}"
    try write(Self.plain)
    #expect(
      try AlignmentConfiguration(path: path, settings: [rule]).training
        == .column("split", values: ["train", "validation"]))
  }

  @Test("a map in a file is found from the configuration's folder, words to drop go over it")
  func mapFile() throws {
    try write("title: words\nmap: {Lung: lung, Eye: eye}\ndrop: [Other]", to: "words.yaml")
    try write(
      Self.plain.replacing("map: {Lung: lung}", with: "map: words.yaml, drop: [eye, Nail], unmapped: drop"))
    let map = try AlignmentConfiguration(path: path).source.map
    #expect(map.place == Place(folder.file("words.yaml"), line: 2, field: "6"))
    #expect(map.meaning(of: "LUNG") == .tissue("lung"))
    for word in ["Eye", "other", "nail", "unheard of"] { #expect(map.meaning(of: word) == .dropped) }
    #expect(map.allTissues == ["lung"])
  }

  @Test("says that the file of a map is not there")
  func noMapFile() throws {
    try write(Self.plain.replacing("{Lung: lung}", with: "words.yaml"))
    let error = #expect(throws: ConfigurationError.self) { try AlignmentConfiguration(path: path) }
    #expect(error?.place == Place(folder.file("words.yaml")))
    #expect(error?.cause == "there is no such configuration, or it may not be read")
  }
}

@Suite("Bad alignment configurations and tissue maps")
struct BadAlignmentConfigurationTests {
  @Test("each has a row in expected.tsv", arguments: [badConfigurations, badMaps])
  func allAreExpected(folder: String) throws {
    let files = try Checkout.configurations(in: folder)
    #expect(files == ExpectedComplaint.all(in: folder).map(\.path).sorted())
    #expect(files.count > 10)
  }

  @Test("each is refused with its place, cause and remedy", arguments: ExpectedComplaint.all(in: badConfigurations))
  func isRefused(_ expected: ExpectedComplaint) {
    expect(expected) { try AlignmentConfiguration(path: expected.path) }
  }

  @Test("each map is refused at its own line", arguments: ExpectedComplaint.all(in: badMaps))
  func mapIsRefused(_ expected: ExpectedComplaint) {
    expect(expected) {
      try AlignmentConfiguration(
        path: house + "/gdsc2-coadread.yaml", settings: ["source.tissue.map=\(expected.path)"])
    }
  }

  private func expect(_ expected: ExpectedComplaint, _ read: () throws -> AlignmentConfiguration) {
    let error = #expect(throws: ConfigurationError.self, performing: read)
    #expect(error?.place == expected.place)
    #expect(error?.cause == expected.cause)
    #expect(error?.remedy == expected.remedy)
    #expect(error?.origin == .input)
  }
}

@Suite("Schemas of alignments")
struct AlignmentSchemaTests {
  private let schema: SchemaFile

  init() throws { schema = try SchemaFile("alignment-config.schema.json") }

  @Test("list the program's words, and no others")
  func words() throws {
    #expect(
      schema.words == [
        "preset": AlignerPreset.allCases.map(\.rawValue),
        "scoreScaling": AlignerSettings.ScoreScaling.allCases.map(\.rawValue),
        "reconstructionLoss": AlignerSettings.ReconstructionLoss.allCases.map(\.rawValue),
        "centerLoss": AlignerSettings.CenterLoss.allCases.map(\.rawValue),
        "centers": AlignerSettings.Centers.allCases.map(\.rawValue),
        "schedule": AlignerSettings.Schedule.allCases.map(\.rawValue),
        "standardisation": AlignerSettings.Standardisation.allCases.map(\.rawValue),
        "unmapped": TissueMap.Unmapped.allCases.map(\.rawValue),
        "notInSource": AlignmentConfiguration.NotInSource.allCases.map(\.rawValue),
        "trainingWord": TrainingWord.allCases.map(\.rawValue),
      ])
    #expect(try SchemaFile("tissue-map.schema.json").words.isEmpty)
  }

  @Test("know every setting, and no other")
  func settings() throws {
    let section = try #require(schema.definitions["settings"] as? [String: Any])
    let keys = try #require(section["properties"] as? [String: Any]).keys
    #expect(keys.sorted() == Setting.all.map(\.name).sorted())
  }

  @Test("describe every key", arguments: ["alignment-config.schema.json", "tissue-map.schema.json"])
  func descriptions(name: String) throws { #expect(try SchemaFile(name).undescribed.isEmpty) }
}
