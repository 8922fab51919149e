import Cohorts
import Foundation
import TestSupport

@testable import Alignment

/// Two small stores and the configuration that aligns them, for one test to spoil.
///
/// Four genes, of which the lines lack the second and the patients the third. Lines: two of lung, one of skin, one
/// myeloma, one blank. Patients: three of lung, two of skin, one blank; the last one of lung has a response.
final class ExamplePair {
  let folder: TemporaryFolder
  var source: Cohort
  var target: Cohort
  var configuration: AlignmentConfiguration

  static let lineTissues = ["Lung", "skin", "", "LUNG", "myeloma"]
  static let patientTissues = ["LUAD", "SKCM", "LUSC", "", "SKCM", "LUAD"]

  init() throws {
    folder = try TemporaryFolder()
    source = Self.cohort("line", tissues: Self.lineTissues, unmeasured: 1, unit: "zscore", seed: 1)
    target = Self.cohort("patient", tissues: Self.patientTissues, unmeasured: 2, unit: "log2(tpm + 1)", seed: 2)
    var responses = Frame(indexName: "response", index: ["0"])
    responses.set("sample", .categorical(["patient5"]))
    responses.set("drug", .categorical(["Cisplatin"]))
    target.uns["responses"] = .frame(responses)
    var settings = AlignerPreset.paper.settings
    (settings.batchSize, settings.standardisation) = (2, .asIs)
    configuration = AlignmentConfiguration(
      file: "a.yaml", name: "a", title: nil, preset: .paper, settings: settings,
      source: .init(
        column: "tissue",
        map: TissueMap(
          place: .init("a.yaml", line: 5), tissues: ["lung": "lung", "skin": "skin", "myeloma": "myeloma"])),
      target: .init(
        column: "tissue",
        map: TissueMap(place: .init("b.yaml", line: 2), tissues: ["LUAD": "lung", "LUSC": "lung", "SKCM": "skin"])),
      effectiveText: "")
  }

  /// Values are of a seeded generator, 0 for the gene that was not measured.
  private static func cohort(
    _ name: String, tissues: [String], unmeasured: Int, unit: String, seed: UInt64
  ) -> Cohort {
    var generator = SeededGenerator(seed: seed)
    let genes = ["A", "B", "C", "D"]
    let values = tissues.indices.flatMap { _ in
      genes.indices.map { $0 == unmeasured ? 0 : Float.random(in: 0.5...9, using: &generator) }
    }
    var obs = Frame(indexName: "sample", index: tissues.indices.map { "\(name)\($0)" })
    obs.set("tissue", .categorical(tissues))
    obs.set("split", .strings(tissues.indices.map { ["train", "test"][$0 % 2] }))
    obs.set("age", .doubles(tissues.indices.map { 40 + Double($0) }))
    var table = Frame(indexName: "symbol", index: genes)
    table.set("measured", .booleans(genes.indices.map { $0 != unmeasured }))
    var cohort = Cohort(x: Matrix(rows: tissues.count, columns: 4, values: values), obs: obs, genes: table)
    cohort.uns = [
      "therapi": .group(["schema": .integer(1), "panel_order": .string("abc"), "name": .string(name)]),
      "expression": .group(["unit": .string(unit)]),
    ]
    return cohort
  }

  var sourcePath: String { folder.file("source.h5ad") }
  var targetPath: String { folder.file("target.h5ad") }

  /// Writes both stores and prepares them.
  func prepared() throws -> AlignmentDomains {
    try source.write(to: sourcePath)
    try target.write(to: targetPath)
    return try AlignmentDomains(source: CohortStore(sourcePath), targets: [CohortStore(targetPath)], configuration)
  }
}
