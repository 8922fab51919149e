import Configurations
import Expression
import Foundation
import Genes
import Problems
import Responses
import Sources
import TestSupport
import Testing

@testable import Ingest

@Suite("Ingest configurations")
struct ConfigurationTests {
  @Test("reads every configuration of the house")
  func readsHouseConfigurations() throws {
    let paths = try Checkout.configurations(in: Checkout.folder + "/ingest-configs")
    #expect(paths.count >= 2)
    for path in paths {
      do {
        let configuration = try IngestConfiguration(path: path)
        #expect(configuration.root.hasPrefix(Checkout.folder + "/ingest-configs/"), "\(path)")
      } catch {
        Issue.record("\(error)")
      }
    }
  }

  @Test("reads what a configuration says")
  func readsValues() throws {
    let configuration = try IngestConfiguration(path: Checkout.folder + "/ingest-configs/geo-gse39582.yaml")
    let expression = try #require(configuration.expression)
    #expect(configuration.name == "gse39582")
    #expect(configuration.kind == .patients)
    #expect(expression.layout == .seriesMatrix)
    #expect(expression.unit == ExpressionUnit(.intensity, .log2))
    #expect(expression.platform?.geneColumns.map(\.name) == ["Gene ID", "Gene symbol"])
    #expect(expression.platform?.geneColumns.map(\.kind) == [.entrez, .symbol])
    let time = try #require(expression.sampleFields.first { $0.name == "OS.time" })
    #expect(time.columns == ["os.delay (months)", "os.delay"])
    #expect(time.kind == .number)
    #expect(time.scale == 30.4375)
    #expect(expression.sampleFields.first { $0.name == "msi_status" }?.values == ["pMMR": "MSS", "dMMR": "MSI"])
    #expect(configuration.samples.keep.map(\.column) == ["dataset"])
    #expect(configuration.samples.keep.map(\.values) == [["discovery", "validation"]])
  }

  @Test("fills in what a configuration leaves out")
  func fillsDefaults() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("plain.yaml")
    try """
    name: plain
    kind: cell-lines
    expression: {layout: xena, files: matrix.tsv, assay: unknown}
    tables:
      - {layout: gdsc-cell-lines, files: lines.xlsx}
    """.write(toFile: path, atomically: true, encoding: .utf8)
    let configuration = try IngestConfiguration(path: path)
    #expect(configuration.root == folder.path + "/.")
    #expect(configuration.expression?.collapse == .maxMean)
    #expect(configuration.expression?.gaps.fill == .error)
    #expect(configuration.expression?.unit == nil)
    #expect(configuration.samples.duplicates == .error)
    #expect(configuration.tables.first?.keyColumn == "Sample Name")
    #expect(configuration.tables.first?.keyNames == .cellLine)
    #expect(configuration.tables.first?.columns.map(\.name).contains("tissue") == true)
  }

  @Test("reads a configuration with a byte order mark and line ends of Windows")
  func readsWindowsText() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("windows.yaml")
    try "\u{FEFF}name: windows\r\nkind: gene-panel\r\npanel: genes.txt\r\n"
      .write(toFile: path, atomically: true, encoding: .utf8)
    let configuration = try IngestConfiguration(path: path)
    #expect(configuration.name == "windows")
    #expect(configuration.panel == "genes.txt")
  }

  @Test("says that a configuration is not there")
  func missing() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: ConfigurationError.self) { try IngestConfiguration(path: folder.file("none.yaml")) }
    #expect(error?.place == Place(folder.file("none.yaml")))
    #expect(error?.remedy == "check the name")
  }
}

// MARK: - Bad configurations

private let badConfigurations = Bundle.module.resourceURL.map { $0.path + "/Fixtures/bad-configs" } ?? ""

@Suite("Bad ingest configurations")
struct BadConfigurationTests {
  @Test("each has a row in expected.tsv")
  func allAreExpected() throws {
    let files = try Checkout.configurations(in: badConfigurations)
    #expect(files == ExpectedComplaint.all(in: badConfigurations).map(\.path).sorted())
    #expect(files.count > 80)
  }

  @Test("each is refused with its place, cause and remedy", arguments: ExpectedComplaint.all(in: badConfigurations))
  func isRefused(_ expected: ExpectedComplaint) {
    let error = #expect(throws: ConfigurationError.self) { try IngestConfiguration(path: expected.path) }
    #expect(error?.place == expected.place)
    #expect(error?.cause == expected.cause)
    #expect(error?.remedy == expected.remedy)
    #expect(error?.origin == .input)
  }
}

// MARK: - Settings

@Suite("Settings on the command line")
struct SettingTests {
  private let path = Checkout.folder + "/ingest-configs/shared-coadread.yaml"

  @Test("replace values and add keys")
  func replace() throws {
    let configuration = try IngestConfiguration(
      path: path,
      settings: [
        "name=other", "expression.unit=log2(norm_count + 1)", "expression.files=[a.txt, b.txt]",
        "expression.gaps.fill=gene-mean", "samples.one-per-patient=[\"01\"]",
        "tables=[{layout: tcga-cdr, files: c.xlsx}]",
      ])
    #expect(configuration.name == "other")
    #expect(configuration.expression?.unit == .log2NormCount)
    #expect(configuration.expression?.files == ["a.txt", "b.txt"])
    #expect(configuration.expression?.gaps.fill == .geneMean)
    #expect(configuration.samples.onePerPatient == ["01"])
    #expect(configuration.tables.map(\.files) == [["c.xlsx"]])
  }

  @Test("are recorded, but for root, which is a place on one machine")
  func recorded() throws {
    let configuration = try IngestConfiguration(path: path, settings: ["root=/data", "name=other"])
    #expect(configuration.effectiveText.hasSuffix("# set: name=other\n"))
    #expect(!configuration.effectiveText.contains("/data\n# set"))
    #expect(configuration.root == "/data")
  }

  @Test("take a relative root from where the command runs, the file takes it from its own folder")
  func root() throws {
    #expect(try IngestConfiguration(path: path, settings: ["root=raw"]).root == "raw")
    #expect(try IngestConfiguration(path: path).root == Checkout.folder + "/ingest-configs/../../shared/data")
  }

  @Test(
    "are refused with the setting as the place",
    arguments: [
      ("root", "this sets nothing", "write --set key=value, such as --set root=/data"),
      ("=x", "this sets nothing", "write --set key=value, such as --set root=/data"),
      ("root=", "this sets nothing", "write --set key=value, such as --set root=/data"),
      (
        "expression..unit=tpm", "there is no such key",
        "name a key of a mapping, such as expression.unit; a list is set as a whole: tables=[...]"
      ),
      (
        "tables.1.layout=table", "there is no such key",
        "name a key of a mapping, such as expression.unit; a list is set as a whole: tables=[...]"
      ),
      (
        "name.short=x", "there is no such key",
        "name a key of a mapping, such as expression.unit; a list is set as a whole: tables=[...]"
      ),
      ("nmae=x", "the key 'nmae' is not known here", "did you mean 'name'?"),
      ("expression.unti=tpm", "expression: the key 'unti' is not known here", "did you mean 'unit'?"),
      ("name=007", "name: text is expected here, not the number 007", "put it in quotes: \"007\""),
      ("kind=mice", "kind: 'mice' is not known here", "use one of patients, cell-lines, gene-panel"),
      (
        "expression.gaps={fill: none}", "expression.gaps.fill: 'none' is not known here",
        "use one of error, gene-mean, drop-genes, drop-samples"
      ),
      ("panel=genes.txt", "the key 'panel' means nothing for the kind patients", "leave it out"),
    ])
  func refused(setting: String, cause: String, remedy: String) {
    let error = #expect(throws: ConfigurationError.self) { try IngestConfiguration(path: path, settings: [setting]) }
    #expect(error?.place == Place("--set \(setting)"))
    #expect(error?.cause == cause)
    #expect(error?.remedy == remedy)
  }

  @Test("with bad YAML name its line and column within the setting")
  func badYAML() {
    let setting = "expression.files=[a, b}"
    let error = #expect(throws: ConfigurationError.self) { try IngestConfiguration(path: path, settings: [setting]) }
    #expect(error?.place == Place("--set \(setting)", line: 1, field: "6"))
    #expect(error?.cause.hasPrefix("this is no YAML: ") == true)
  }
}

// MARK: - Schema

@Suite("Schema of ingest configurations")
struct SchemaTests {
  private let schema: SchemaFile

  init() throws { schema = try SchemaFile("ingest-config.schema.json") }

  /// Words of the program by the definition that lists them in the schema.
  private static let words: [(definition: String, words: [String])] = [
    ("kind", IngestConfiguration.Kind.allCases.map(\.rawValue)),
    ("assay", IngestConfiguration.Assay.allCases.map(\.rawValue)),
    ("expressionLayout", ExpressionLayout.allCases.map(\.rawValue)),
    ("identifierKind", IdentifierKind.allCases.map(\.rawValue)),
    ("probeCollapse", ProbeCollapse.allCases.map(\.rawValue)),
    ("fill", IngestConfiguration.Gaps.Fill.allCases.map(\.rawValue)),
    ("identity", IngestConfiguration.Samples.Identity.allCases.map(\.rawValue)),
    ("duplicates", IngestConfiguration.Samples.Duplicates.allCases.map(\.rawValue)),
    ("tableLayout", SampleTableLayout.allCases.map(\.rawValue)),
    ("sampleKey", SampleKey.allCases.map(\.rawValue)),
    ("fieldKind", FieldKind.allCases.map(\.rawValue)),
    ("responseLayout", ResponseLayout.allCases.map(\.rawValue)),
    ("repeatRule", RepeatRule.allCases.map(\.rawValue)),
    ("courseRule", CourseRule.allCases.map(\.rawValue)),
    ("delimiterWord", DelimiterWord.allCases.map(\.rawValue)),
  ]

  @Test("lists the program's words, and no others")
  func enums() { #expect(schema.words == Dictionary(Self.words.map { ($0, $1) }, uniquingKeysWith: { $1 })) }

  @Test("knows every unit that the program reads, and no others")
  func units() throws {
    let text = try #require((schema.definitions["unit"] as? [String: Any])?["pattern"] as? String)
    let pattern = try Regex(text)
    for quantity in ExpressionUnit.Quantity.allCases {
      for transform in ExpressionUnit.Transform.allCases {
        for pseudocount in ["", " + 1", "+0.001", " + 0.5", " + 0", " + -1", " + x"] {
          let unit =
            transform == .none
            ? quantity.rawValue + pseudocount : "\(transform.rawValue)(\(quantity.rawValue)\(pseudocount))"
          let isRead = (try? ExpressionUnit(parsing: unit)) != nil
          #expect((unit.wholeMatch(of: pattern) != nil) == isRead, "\(unit)")
        }
      }
    }
  }

  @Test("refuses the same keys by layout as the program")
  func keysByLayout() throws {
    for (definition, layouts, all) in [
      ("expression", ExpressionLayout.allCases.map { ($0.rawValue, $0.ownKeys) }, ExpressionLayout.ownKeys),
      ("response", ResponseLayout.allCases.map { ($0.rawValue, $0.ownKeys) }, ResponseLayout.ownKeys),
    ] {
      let section = try #require(schema.definitions[definition] as? [String: Any])
      for (layout, keys) in layouts {
        #expect(try refused(by: section, for: layout) == all.subtracting(keys), "\(definition) \(layout)")
      }
    }
  }

  /// Keys that the conditions on a section's layout forbid.
  private func refused(by section: [String: Any], for layout: String) throws -> Set<String> {
    var refused: Set<String> = []
    for rule in try #require(section["allOf"] as? [[String: Any]]) {
      let condition = (rule["if"] as? [String: Any])?["properties"] as? [String: Any]
      guard let test = condition?["layout"] as? [String: Any] else { continue }
      let isMet = test["const"] as? String == layout || (test["enum"] as? [String])?.contains(layout) == true
      let branch = (rule[isMet ? "then" : "else"] as? [String: Any])?["properties"] as? [String: Any]
      for (key, value) in branch ?? [:] where value as? Bool == false { refused.insert(key) }
    }
    return refused
  }

  @Test("describes every key")
  func descriptions() { #expect(schema.undescribed.isEmpty) }
}
