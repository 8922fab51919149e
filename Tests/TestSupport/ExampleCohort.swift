import Cohorts

/// A small cohort in the layout that ingest writes, for tests of what reads stores.
package enum ExampleCohort {
  /// Numbers whose shortest text is easily got wrong.
  package static let awkward: [Float] = [
    0, -0.0, 0.1, 1e-7, 16_777_216, .greatestFiniteMagnitude, .leastNormalMagnitude, .leastNonzeroMagnitude, -13.81551,
    1 / 3,
  ]

  /// The gene that the source never measured.
  private static let unmeasured = 1

  /// `samples` x `symbols`: X in log2(tpm + 1), tissues with a gap, survival, responses of two drugs, an embedding, and
  /// a layer of awkward numbers.
  package static func make(samples: Int = 5, symbols: [String] = ["AARS1", "ABCB6", "ABCC5"]) -> Cohort {
    let (width, positions) = (symbols.count, 0..<samples * symbols.count)
    let values = positions.map { $0 % width == unmeasured ? 0 : Float($0 % 1999) / 101 }
    var cohort = Cohort(
      x: Matrix(rows: samples, columns: width, values: values), obs: obs(samples), genes: genes(symbols))
    cohort.layers["aligned"] = Matrix(
      rows: samples, columns: width, values: positions.map { awkward[$0 % awkward.count] })
    cohort.obsm["X_therapi"] = Matrix(
      rows: samples, columns: 2, values: (0..<samples * 2).map { Float($0) + 0.25 })
    cohort.uns = uns(cohort.obs.index)
    cohort.uns["embeddings"] = .group(["X_therapi": record(of: cohort)])
    return cohort
  }

  /// What is known of `obsm/X_therapi`; `layers/aligned` has no record.
  private static func record(of cohort: Cohort) -> StoreValue {
    do {
      return .group([
        "block": .string("obsm/X_therapi"), "model": .string(String(repeating: "ab", count: 32)),
        "input": .string(try InputFingerprint(of: cohort).sha256), "panel_order": .string(""),
        "settings": .group(["preset": .string("paper")]), "tool_version": .string("0.1.0"), "seed": .integer(7),
      ])
    } catch {
      preconditionFailure("the example is no cohort: \(error)")
    }
  }

  private static func obs(_ samples: Int) -> Frame {
    var obs = Frame(indexName: "sample", index: (0..<samples).map { "S\($0)" })
    let tissues = ["colon", "", "skin", "colon", "lung, left"]
    obs.set("tissue", .categorical((0..<samples).map { tissues[$0 % 5] }))
    let notes = ["plain", "a \"quoted\", one", "", "two\nlines", "tab\there"]
    obs.set("note", .strings((0..<samples).map { notes[$0 % 5] }))
    obs.set("id", .int32s((0..<samples).map { Int32($0) - 2 }))
    obs.set("OS", .doubles((0..<samples).map { [1, 0, .nan, 1, 0][$0 % 5] }))
    obs.set("OS.time", .doubles((0..<samples).map { [30.5, 400, 12, .nan, 7][$0 % 5] }))
    return obs
  }

  private static func genes(_ symbols: [String]) -> Frame {
    var genes = Frame(indexName: "symbol", index: symbols)
    genes.set("entrez", .int32s(symbols.indices.map { Int32($0) + 10 }))
    genes.set("measured", .booleans(symbols.indices.map { $0 != unmeasured }))
    genes.set("route", .categorical(symbols.indices.map { ["alias", "", "entrez"][$0 % 3] }))
    return genes
  }

  private static func uns(_ samples: [String]) -> [String: StoreValue] {
    var responses = Frame(indexName: "response", index: ["0", "1", "2"])
    responses.set("sample", .strings([samples.first ?? "", samples.first ?? "", samples.last ?? ""]))
    responses.set("drug", .categorical(["Erlotinib", "5-FU", "5-FU"]))
    responses.set("value", .doubles([-1.5, 2.25, .nan]))
    responses.set("unit", .categorical(["ln(uM)", "ln(uM)", "ln(uM)"]))
    responses.set("label", .int32s([1, 0, -1]))
    responses.set("extrapolated", .categorical(["no", "yes", "no"]))
    var inputs = Frame(indexName: "name", index: ["matrix.tsv.gz"])
    inputs.set("role", .categorical(["expression"]))
    inputs.set("bytes", .doubles([1_234_567]))
    inputs.set("sha256", .strings([String(repeating: "0123456789abcdef", count: 4)]))
    var counts = Frame(indexName: "entry", index: ["0", "1"])
    counts.set("kind", .categorical(["gene", "sample"]))
    counts.set("reason", .strings(["no landmark", "no tissue"]))
    counts.set("count", .int32s([19_553, 1]))
    return [
      "therapi": .group([
        "schema": .integer(1), "name": .string("example"), "title": .string("An example"),
        "kind": .string("patients"),
      ]),
      "expression": .group([
        "unit": .string("log2(tpm + 1)"), "source_unit": .string("tpm"), "evidence": .string("sums to a million"),
        "pseudocount": .number(1), "genes_read": .integer(20_531),
      ]),
      "responses": .frame(responses),
      "provenance": .group([
        "inputs": .frame(inputs), "counts": .frame(counts), "config_sha256": .string("fedcba9876543210"),
        "versions": .group(["therapi": .string("0.1.0")]),
      ]),
    ]
  }
}
