import Cohorts
import Foundation

/// Cell lines of a few tissues, and patients who are known mixtures of lines of their own tissue with noise: stores and a
/// configuration for a short training.
package struct MixtureStudy {
  package static let tissues = ["colon", "lung", "skin"]
  package static let unit = "log2(tpm + 1)"
  package static let panelOrder = String(repeating: "0123456789abcdef", count: 4)

  package var genes = 20
  /// Lines and patients take turns through the tissues.
  package var lines = 12
  package var patients = 21
  package var seed: UInt64 = 1

  package init(genes: Int = 20, lines: Int = 12, patients: Int = 21, seed: UInt64 = 1) {
    (self.genes, self.lines, self.patients, self.seed) = (genes, lines, patients, seed)
  }

  /// For stores in one folder under the names that `write` gives them; settings as short as a test can use.
  package static func configuration(_ settings: String = "epochs: 2, batch-size: 8, latent-size: 6") -> String {
    """
    name: study
    preset: reference
    settings: {\(settings)}
    source: {tissue: {column: tissue, map: {colon: colon, lung: lung, skin: skin}}}
    target: {tissue: {column: tissue, map: {colon: colon, lung: lung, skin: skin}}}
    """
  }

  /// Writes `lines.h5ad`, `patients.h5ad` and `study.yaml`.
  package func write(to folder: String, configuration: String = MixtureStudy.configuration()) throws {
    try source.write(to: folder + "/lines.h5ad")
    try target.write(to: folder + "/patients.h5ad")
    try configuration.write(toFile: folder + "/study.yaml", atomically: true, encoding: .utf8)
  }

  package static func tissue(_ sample: Int) -> Int { sample % tissues.count }

  /// The lines' expression, row after row.
  package var lineValues: [Float] {
    var generator = SeededGenerator(seed: seed)
    let centers = (0..<Self.tissues.count * genes).map { _ in Float.random(in: 2...8, using: &generator) }
    return (0..<lines * genes).map { place in
      centers[Self.tissue(place / genes) * genes + place % genes] + Float.random(in: -0.7...0.7, using: &generator)
    }
  }

  /// The patients' expression: each a mixture of two lines of its tissue.
  package func patientValues(seed: UInt64 = 2) -> [Float] {
    var generator = SeededGenerator(seed: self.seed &* 1_000 &+ seed)
    let lines = lineValues
    return (0..<patients).flatMap { patient -> [Float] in
      let own = (0..<self.lines).filter { Self.tissue($0) == Self.tissue(patient) }
      let (first, second) = (own.randomElement(using: &generator) ?? 0, own.randomElement(using: &generator) ?? 0)
      let share = Float.random(in: 0...1, using: &generator)
      return (0..<genes).map { gene in
        let mixed = share * lines[first * genes + gene] + (1 - share) * lines[second * genes + gene]
        return mixed + Float.random(in: -0.3...0.3, using: &generator)
      }
    }
  }

  package var source: Cohort { cohort("lines", "cell-lines", lineValues) }

  package var target: Cohort { cohort("patients", "patients", patientValues()) }

  /// Some samples as a cohort.
  package func cohort(_ name: String, _ kind: String, _ values: [Float]) -> Cohort {
    let rows = values.count / genes
    var obs = Frame(indexName: "sample", index: (0..<rows).map { "\(name)-\($0)" })
    obs.set("tissue", .categorical((0..<rows).map { Self.tissues[Self.tissue($0)] }))
    var table = Frame(indexName: "symbol", index: (0..<genes).map { "G\($0)" })
    table.set("measured", .booleans(Array(repeating: true, count: genes)))
    var cohort = Cohort(x: Matrix(rows: rows, columns: genes, values: values), obs: obs, genes: table)
    cohort.uns = [
      "therapi": .group([
        "schema": .integer(1), "name": .string(name), "kind": .string(kind), "panel_order": .string(Self.panelOrder),
      ]),
      "expression": .group(["unit": .string(Self.unit)]),
    ]
    return cohort
  }
}
