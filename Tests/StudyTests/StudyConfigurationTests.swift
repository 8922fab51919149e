import Configurations
import Foundation
import TestSupport
import Testing

@testable import Study

@Suite("Configuration of a study")
struct StudyConfigurationTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  /// A file of Fixtures/bad-studies, and what its error says.
  private static let bad: [(String, String)] = {
    let path = folder.appendingPathComponent("Fixtures/bad-studies/expected.tsv")
    let text = String(decoding: FileManager.default.contents(atPath: path.path) ?? Data(), as: UTF8.self)
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "\t").map(String.init)
      return parts.count == 2 ? (parts[0], parts[1]) : nil
    }
  }()

  @Test("the house's own studies are read")
  func houses() throws {
    let configs = Self.folder.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("study-configs").path
    let files = try FileManager.default.contentsOfDirectory(atPath: configs).filter { $0.hasSuffix(".yaml") }
    #expect(!files.isEmpty)
    for file in files {
      let study = try StudyConfiguration(path: "\(configs)/\(file)")
      #expect("\(study.name).yaml" == file)
    }
  }

  @Test("paths start from the configuration, settings replace values")
  func settings() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("study.yaml")
    try """
    name: small
    title: A small study
    source: {ingest: lines.yaml, set: [root=raw]}
    target: {store: /data/patients.h5ad}
    alignment: {config: alignment.yaml}
    perturbation: {model: small.safetensors}
    predictor: {folds: 4}
    """.write(toFile: path, atomically: true, encoding: .utf8)
    let study = try StudyConfiguration(path: path, settings: ["predictor.folds=5"])
    #expect(study.source == .ingest(folder.file("lines.yaml"), settings: ["root=raw"]))
    #expect(study.target == .store("/data/patients.h5ad"))
    #expect(study.predictor.settings.folds == 5)
    // No rank model is named, so there is nothing to leave out.
    #expect(study.rank == nil && study.predictor.ablations == [.alignment, .perturbation])
    #expect(study.drugs == .all && study.endpoints.isEmpty && study.comparisons.isEmpty)
    #expect(study.settings == ["predictor.folds=5"])
    #expect(try StudyConfiguration(path: path, settings: ["predictor.ablations=[]"]).predictor.ablations.isEmpty)
  }

  @Test("groups are those of the patients' store or of a table, one pair or several")
  func comparisons() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("study.yaml")
    let start = """
      name: small
      title: A small study
      source: {store: lines.h5ad}
      target: {store: patients.h5ad}
      alignment: {config: alignment.yaml}
      perturbation: {model: small.safetensors}

      """
    try (start + "compare: {column: msi, groups: [MSI, MSS]}\n").write(toFile: path, atomically: true, encoding: .utf8)
    let store = StudyConfiguration.Comparison(title: nil, column: "msi", first: "MSI", second: "MSS", table: nil)
    #expect(try StudyConfiguration(path: path).comparisons == [store])
    try
      (start + """
        compare:
          - {column: msi, groups: [MSI, MSS]}
          - {title: Ours, table: {file: ours.tsv, sample: id, names: tcga-patient}, column: status, groups: [a, b]}
          - {table: {file: ours.tsv}, column: status, groups: [a, c]}
        """).write(toFile: path, atomically: true, encoding: .utf8)
    let comparisons = try StudyConfiguration(path: path).comparisons
    #expect(comparisons.count == 3 && comparisons[0] == store && comparisons[1].title == "Ours")
    #expect(comparisons[1].table == .init(file: folder.file("ours.tsv"), sample: "id", names: .tcgaPatient))
    #expect(comparisons[2].table == .init(file: folder.file("ours.tsv"), sample: nil, names: .sample))
    #expect(Set(comparisons.map(\.words)).count == 3)
  }

  @Test("a bad configuration is refused with its place", arguments: bad)
  func refuses(file: String, cause: String) throws {
    let path = Self.folder.appendingPathComponent("Fixtures/bad-studies/\(file)").path
    let error = #expect(throws: ConfigurationError.self) { try StudyConfiguration(path: path) }
    #expect(error?.description.contains(cause) == true, "\(error?.description ?? "")")
    #expect(error?.place?.file == path)
  }

  @Test("every bad configuration is expected to say something")
  func complete() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path + "/Fixtures/bad-studies")
    #expect(Set(files.filter { $0.hasSuffix(".yaml") }) == Set(Self.bad.map(\.0)))
  }
}
