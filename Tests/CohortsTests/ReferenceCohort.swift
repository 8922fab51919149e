import Cohorts

/// The cohort in Fixtures/store-v1.h5ad, which every later version must read.
enum ReferenceCohort {
  static func make() -> Cohort {
    let samples = ["TCGA-AA-3495-01", "TCGA-AA-3520-01", "COLO 205", "Zürich-1", "細胞"]
    let genes = ["PSME1", "ATF1", "RHEB", "FOXO3"]
    var obs = Frame(indexName: "sample", index: samples)
    obs.set("patient", .strings(["TCGA-AA-3495", "TCGA-AA-3520", "", "Zürich", "細胞"]))
    obs.set("tissue", .categorical(["colon", "rectum", "colon", "", "rectum"]))
    obs.set("stage", .categorical(codes: [0, 2, -1, 1, 0], categories: ["I", "II", "III"], ordered: true))
    obs.set("OS.time", .doubles([1_331, .infinity, 12.5, -1, 0]))
    obs.set("purity", .floats([0.5, 0.75, 1, 0, 0.25]))
    obs.set("batch", .int32s([1, 1, 2, -2, .max]))
    obs.set("OS", .booleans([true, false, false, true, false]))
    var table = Frame(indexName: "gene", index: genes)
    table.set("entrez", .int32s([5_720, 466, 6_009, 2_309]))
    table.set("measured", .booleans([true, true, false, true]))
    let x = Matrix(
      rows: 5, columns: 4, values: (0..<20).map { $0 % 4 == 2 ? 0 : Float($0) * 0.5 })
    var cohort = Cohort(x: x, obs: obs, genes: table)
    cohort.layers["aligned"] = Matrix(rows: 5, columns: 4, repeating: -0.5)
    cohort.obsm["X_therapi"] = Matrix(rows: 5, columns: 2, values: (0..<10).map { Float($0) })
    cohort.uns = uns
    return cohort
  }

  private static var uns: [String: StoreValue] {
    var responses = Frame(indexName: "row", index: ["0", "1"])
    responses.set("drug", .categorical(["Erlotinib", "Cetuximab"]))
    responses.set("label", .booleans([true, false]))
    return [
      "expression": .group([
        "unit": .string("log2(TPM + 1)"), "genes": .integer(4), "pseudocount": .number(1), "declared": .flag(true),
        "floor": .numbers([0, 0.5]),
      ]),
      "responses": .frame(responses), "drugs": .frame(Frame(indexName: "drug", index: [])),
      "provenance": .group([
        "inputs": .strings(["a.tsv.gz", ""]), "rows": .integers([20_531, -1]), "none": .strings([]),
      ]),
      "empty": .group([:]), "prototypes": .matrix(Matrix(rows: 2, columns: 3, values: [1, 2, 3, 4, 5, 6])),
    ]
  }
}
