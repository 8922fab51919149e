import Cohorts
import Foundation
import Problems
import TestSupport
import Testing

@testable import Alignment

@Suite("Applying an aligner")
struct AlignmentApplicationTests {
  private let run: RunCase

  init() throws { run = try RunCase() }

  /// Writes a new cohort as `new.h5ad`, after a change.
  private func write(_ change: (inout Cohort) -> Void = { _ in }, patients: Int = 9) throws {
    var cohort = run.study.cohort("new", "patients", Array(run.study.patientValues(seed: 5).prefix(patients * 12)))
    change(&cohort)
    try cohort.write(to: run.path("new.h5ad"))
  }

  private func blocks(_ name: String) throws -> [Matrix] {
    let store = try CohortStore(run.path(name))
    return try [store.obsm("X_therapi"), store.obsm("therapi_weights"), store.layer("aligned")]
  }

  @Test(
    "maps a target to the bits that the training wrote, whatever the standardisation",
    arguments: AlignerSettings.Standardisation.allCases)
  func sameBits(standardisation: AlignerSettings.Standardisation) throws {
    run.study.patients = 150
    run.settings = RunCase.quick + ", standardisation: \(standardisation.rawValue)"
    try run.write()
    if standardisation != .refuseMixed {
      var patients = run.study.target
      patients.uns["expression"] = .group(["unit": .string("log2(norm_count + 1)")])
      try patients.write(to: run.path("patients.h5ad"))
    }
    try run.run(["settings.epochs=1", "settings.batch-size=25"])
    let (written, obs) = (try blocks("patients.h5ad"), try CohortStore(run.path("patients.h5ad")).obs())
    let report = try run.apply(to: "patients.h5ad", lanes: 2)
    #expect(report.samples == 150 && report.cellLines == 4)
    #expect(try blocks("patients.h5ad") == written)
    #expect(try CohortStore(run.path("patients.h5ad")).obs() == obs)
  }

  @Test("maps a new cohort of patients, of any tissue or none, into a sound store")
  func newCohort() throws {
    try run.write()
    let trained = try run.run()
    try write { $0.obs = Frame(indexName: "sample", index: $0.obs.index) }
    let before = try run.sum()
    let report = try run.apply(to: "new.h5ad")
    #expect(report.model == trained.model && report.samples == 9 && report.store == run.path("new.h5ad"))
    let store = try CohortStore(run.path("new.h5ad"))
    #expect(try store.cachedBlocks(model: trained.model).count == 4)
    #expect(try store.cachedBlocks(model: trained.model).allSatisfy { $0.state == .current })
    #expect(try StoreVerification(of: store.path).findings.isEmpty && run.sum() == before)
    let summary = try #require(try store.alignment())
    #expect(summary.source == "lines" && summary.cellLines.map(\.tissue) == Array(repeating: "colon", count: 4))
    #expect(summary.tissues.isEmpty && summary.measures.isEmpty && summary.checkpoint == "study.safetensors")
  }

  @Test("maps a single patient, to the cohort's weights but for rounding")
  func singlePatient() throws {
    try run.write()
    try run.run()
    try write()
    try run.apply(to: "new.h5ad")
    let whole = try blocks("new.h5ad")[1]
    try write(patients: 1)
    try run.apply(to: "new.h5ad")
    let one = try blocks("new.h5ad")[1]
    #expect(one.rows == 1)
    // A product of one row may be summed in another order.
    #expect(zip(one.values, whole.values).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test("genes that no side of the training measured may be missing in a new cohort, others not")
  func genes() throws {
    run.study.seed = 3
    var lines = run.study.source
    for row in 0..<12 { lines.x.values[row * 12 + 2] = 0 }
    lines.genes.set("measured", .booleans((0..<12).map { $0 != 2 }))
    try run.write()
    try lines.write(to: run.path("lines.h5ad"))
    try run.run()
    func lack(_ gene: Int) throws {
      try write { cohort in
        for row in 0..<9 { cohort.x.values[row * 12 + gene] = 0 }
        cohort.genes.set("measured", .booleans((0..<12).map { $0 != gene }))
      }
    }
    try lack(2)
    try run.apply(to: "new.h5ad")
    try lack(4)
    let error = #expect(throws: AlignmentError.self) { try run.apply(to: "new.h5ad") }
    #expect(error?.kind == .genes && error?.place == Place(run.path("new.h5ad"), object: "/var/measured"))
    #expect(error?.cause == "is false for 1 gene that \(run.checkpoint) works on, such as G4")
    #expect(error?.remedy?.contains("train with this cohort as a target") == true)
  }

  @Test("a cohort in another unit, with genes in another order or without samples is refused, and stays as it was")
  func badCohorts() throws {
    try run.write()
    try run.run()
    func refuse(_ kind: AlignmentFault, _ object: String, _ remedy: String, _ change: (inout Cohort) -> Void) throws {
      try write(change)
      let before = try run.sum("new.h5ad")
      let error = #expect(throws: AlignmentError.self) { try run.apply(to: "new.h5ad") }
      #expect(error?.kind == kind && error?.place == Place(run.path("new.h5ad"), object: object))
      #expect(error?.remedy?.contains(remedy) == true)
      #expect(try run.sum("new.h5ad") == before)
    }
    try refuse(.units, "/uns/expression/unit", "train an aligner with this cohort") {
      $0.uns["expression"] = .group(["unit": .string("zscore")])
    }
    try refuse(.genes, "/uns/therapi/panel_order", "the version of therapi that trained it") {
      guard case .group(var members) = $0.uns["therapi"] else { return }
      members["panel_order"] = .string("another")
      $0.uns["therapi"] = .group(members)
    }
    try refuse(.empty, "/X", "gene panel") { $0 = run.study.cohort("new", "gene-panel", []) }
  }

  @Test("NaN in X is named by sample and gene")
  func notFinite() throws {
    try run.write()
    try run.run()
    try write()
    try SpoiledExpression.set(.nan, at: 3 * 12 + 7, in: run.path("new.h5ad"))
    let before = try run.sum("new.h5ad")
    let error = #expect(throws: AlignmentError.self) { try run.apply(to: "new.h5ad") }
    #expect(error?.kind == .notFinite && error?.cause == "is nan for sample new-3, gene G7")
    #expect(try run.sum("new.h5ad") == before && !run.files.contains(".new.h5ad.partial"))
  }
}
