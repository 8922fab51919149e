import Cohorts
import Ingest
import Logging
import TestSupport
import Testing

@testable import Alignment

@Suite("Real cohorts", .enabled(if: SharedData.isPresent, "needs the folder `shared` beside the checkout"))
struct RealCohortTests {
  /// The lines of `ingest-configs/shared-gdsc2-509.yaml` without their responses, which take most of the time.
  private static let lines = """
    name: lines
    kind: cell-lines
    expression:
      layout: sample-rows
      files: derived/GDSC_EXP.landmark509.tsv.gz
      assay: microarray
      unit: zscore
      gene-ids: l1000-symbol
    tables:
      - {layout: gdsc-cell-lines, files: gdsc/portal/Cell_Lines_Details.xlsx}
    """

  private func store(_ path: String, in folder: TemporaryFolder) throws -> CohortStore {
    let configuration = try IngestConfiguration(path: path, settings: ["root=\(SharedData.data(""))"])
    let store = folder.file("\(configuration.name).h5ad")
    let run = IngestRun(configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    _ = try run.commit(to: store)
    return try CohortStore(store)
  }

  @Test("GDSC's lines and Cognoma's slices of TCGA are prepared by the house's configuration")
  func prepare() throws {
    let folder = try TemporaryFolder()
    try Self.lines.write(toFile: folder.file("lines.yaml"), atomically: true, encoding: .utf8)
    let prepared = try AlignmentDomains(
      source: store(folder.file("lines.yaml"), in: folder),
      targets: [store("\(Checkout.folder)/ingest-configs/shared-cognoma.yaml", in: folder)],
      AlignmentConfiguration(path: "\(Checkout.folder)/align-configs/gdsc2-cognoma.yaml"))
    #expect(prepared.source.samples.count == 954 && prepared.tissues.count == 28)
    #expect(prepared.source.excluded == [.noTissue: 10, .droppedWord: 11])
    #expect(prepared.sharedGenes.count { $0 } == 506)
    #expect(prepared.targets[0].samples.count == 100 && prepared.targets[0].trainingRows.count == 94)
    #expect(prepared.targets[0].excluded == [.notInSource: 6])
    #expect(prepared.tissuesOfTargetAlone.map(\.word) == ["PCPG", "THYM"])
    #expect(prepared.targets[0].expression.values.allSatisfy { $0.isFinite })
  }
}
