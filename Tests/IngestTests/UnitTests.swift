import Expression
import Foundation
import Sources
import Testing

@testable import Ingest

/// Landmarks and other genes for made-up matrices.
enum Genes {
  static let landmarks = ["AARS1", "AKT1", "ALDOA", "APOE", "BIRC5", "FAS"]
  static let others = ["A1BG", "A2M", "NAT1", "TP53BP2x", "GENE_A", "GENE_B"]
}

@Suite("Units on the way to the store")
struct UnitTests {
  let study: Study

  init() throws { study = try Study() }

  private func expression(_ unit: String?, _ more: String = "") -> String {
    "expression:\n  layout: gene-rows\n  files: matrix.tsv\n  assay: rna-seq\n"
      + (unit.map { "  unit: \($0)\n" } ?? "") + more
  }

  /// TPM of 300 genes in three samples, a fifth of them 0; with `landmarks` first. Every sample sums to a million.
  private static func tpm() -> [(String, [Double])] {
    var rows: [(String, [Double])] = []
    for gene in 0..<300 {
      let name = gene < 6 ? Genes.landmarks[gene] : "GENE\(gene)"
      let values = (0..<3).map { sample in Double((gene * 37 + sample * 101) % 997) + 0.25 }
      rows.append((name, gene % 5 == 4 ? [0, 0, 0] : values))
    }
    for sample in 0..<3 {
      let sum = rows.reduce(0) { $0 + $1.1[sample] }
      for row in rows.indices { rows[row].1[sample] *= 1e6 / sum }
    }
    return rows
  }

  private func logged(_ rows: [(String, [Double])], _ pseudocount: Double) -> [(String, [Double])] {
    rows.map { ($0.0, $0.1.map { (log2($0 + pseudocount) * 10_000).rounded() / 10_000 }) }
  }

  /// Compares X with log2(TPM + 1), within what four decimals of a logarithm leave.
  private func expectTPM(_ result: Ingested, _ rows: [(String, [Double])], within tolerance: Float = 2e-4) throws {
    #expect(result.text("expression/unit") == "log2(tpm + 1)")
    for (gene, values) in rows where Genes.landmarks.contains(gene) {
      for (stored, value) in zip(try result.values(gene), values) {
        #expect(abs(stored - Float(log2(value + 1))) < tolerance, "\(gene): \(stored) for \(value) TPM")
      }
    }
  }

  @Test("what is declared is converted: log2(TPM + 0.001), TPM, ln(TPM + 1)")
  func declared() throws {
    let rows = Self.tpm()
    let samples = ["a", "b", "c"]
    try study.matrix(samples, logged(rows, 0.001))
    let toil = try study.ingest(expression("log2(tpm + 0.001)"))
    try expectTPM(toil, rows)
    #expect(toil.text("expression/confidence") == "declared")
    #expect(toil.text("expression/source_unit") == "log2(tpm + 0.001)")
    guard case .integer(let clamped) = toil.value("expression/clamped_by_rounding") else {
      Issue.record("no count of clamped values")
      return
    }
    #expect(clamped >= 3 && toil.value("expression/clamped_by_adjustment") == .integer(0))
    try study.matrix(samples, rows)
    try expectTPM(study.ingest(expression("tpm")), rows)
    try study.matrix(samples, rows.map { ($0.0, $0.1.map { log($0 + 1) }) })
    try expectTPM(study.ingest(expression("ln(tpm + 1)")), rows)
  }

  @Test("what is not declared is found out from every gene, with its evidence")
  func detected() throws {
    let rows = Self.tpm()
    try study.matrix(["a", "b", "c"], logged(rows, 0.001))
    let result = try study.ingest(expression(nil))
    try expectTPM(result, rows)
    #expect(result.text("expression/confidence") == "certain")
    #expect(result.text("expression/source_unit") == "log2(tpm + 0.001)")
    let evidence = try #require(result.text("expression/evidence"))
    #expect(evidence.contains("-9.965") && evidence.contains("sums to a million"), "\(evidence)")
    #expect(result.report.evidence == evidence && result.value("expression/genes_read") == .integer(300))
  }

  @Test("what several units fit is an error that names them")
  func undecided() throws {
    try study.matrix(["a", "b", "c"], logged(Self.tpm().dropLast(100), 1))
    let error = try #require(throws: ExpressionError.self) { try study.ingest(expression(nil)) }
    #expect(error.kind == .undecided && error.cause.contains("fpkm") && error.cause.contains("norm_count"))
    #expect(error.remedy?.contains("expression.unit") == true)
  }

  @Test(
    "a declaration that the values contradict is an error with the evidence",
    arguments: [
      ("log2(tpm + 1)", "log2(tpm + 0.001)", "-9.965"), ("tpm", "log2(tpm + 0.001)", "-9.965"),
      ("log2(tpm + 0.001)", "log2(tpm + 1)", "minimum is 0"), ("zscore", "log2(tpm + 1)", "negative"),
      ("log2(tpm + 1)", "tpm", "no logarithms"), ("counts", "log2(tpm + 1)", "lengths"),
    ])
  func contradicted(declared: String, real: String, words: String) throws {
    let unit = try ExpressionUnit(parsing: real)
    // Every gene a landmark's name would be too long a list: the first rows are repeated under six names.
    let rows = Self.tpm().prefix(240).enumerated().map { (Genes.landmarks[$0.offset % 6], $0.element.1) }
    try study.matrix(["a", "b", "c"], unit.transform == .none ? rows : logged(rows, unit.pseudocount))
    let error = try #require(throws: ExpressionError.self) { try study.ingest(expression(declared)) }
    #expect(error.kind == .contradiction || error.kind == .notConvertible)
    #expect(error.description.contains(words), "\(error)")
    #expect(error.origin == .input && error.remedy != nil && error.place?.file.hasSuffix("matrix.tsv") == true)
    #expect(try study.files == ["matrix.tsv", "study.yaml"])
  }

  @Test("counts with lengths are TPM, summing to a million over all genes with a length")
  func counts() throws {
    let counts: [(String, [Double])] = Genes.landmarks.enumerated().map { index, gene in
      (gene, [Double(index * 100), Double(index * index + 1)])
    }
    try study.matrix(["a", "b"], counts + [("A1BG", [1_000, 2_000]), ("NO_LENGTH", [9, 9]), ("NAT1", [5, 0])])
    try study.table(
      "lengths.tsv",
      [["symbol", "length"]] + Genes.landmarks.enumerated().map { [$1, "\(1_000 + $0 * 500)"] }
        + [["A1BG", "2000"], ["AKT1", "10"], ["NAT1", "NA"]])
    let result = try study.ingest(
      expression(
        "counts",
        "  gene-lengths: {file: lengths.tsv, gene: symbol, gene-ids: symbol, length: length}\n  gene-ids: symbol\n"))
    for (sample, other) in [1_000.0, 2_000].enumerated() {
      let rates = counts.enumerated().map { $1.1[sample] / Double(1_000 + $0 * 500) }
      let sum = rates.reduce(0, +) + other / 2_000
      for (gene, rate) in zip(Genes.landmarks, rates) {
        #expect(abs(try result.values(gene)[sample] - Float(log2(rate / sum * 1e6 + 1))) < 1e-5)
      }
      let total = try Genes.landmarks.reduce(0) { $0 + exp2(Double(try result.values($1)[sample])) - 1 }
      #expect(abs(total + other / 2_000 / sum * 1e6 - 1e6) < 1)
    }
    #expect(try result.counts["gene: no length is known for it, so the sums over all genes lack it"] == 2)
    #expect(result.text("expression/conversion")?.contains("lengths") == true)
  }

  @Test("lengths are found by the id inside of names such as AKT1|207, and with or without Ensembl's version")
  func compositeLengths() throws {
    try study.matrix(["a", "b"], [("AKT1|207", [10, 30]), ("ALDOA|226", [10, 10])])
    try study.table("lengths.tsv", [["id", "length"], ["207", "1000"], ["226", "1000"]])
    let result = try study.ingest(
      expression(
        "counts",
        "  gene-ids: symbol-entrez\n  gene-lengths: {file: lengths.tsv, gene: id, gene-ids: entrez, length: length}\n"))
    #expect(try abs(result.values("AKT1")[1] - Float(log2(750_001.0))) < 1e-5)
    try study.matrix(["a", "b"], [("ENSG00000142208.15", [10, 30]), ("ENSG00000149925.2", [10, 10])])
    try study.table("lengths.tsv", [["id", "length"], ["ENSG00000142208", "1000"], ["ENSG00000149925.9", "1000"]])
    let versions = try study.ingest(
      expression(
        "counts",
        "  gene-ids: ensembl\n  gene-lengths: {file: lengths.tsv, gene: id, gene-ids: ensembl, length: length}\n"))
    #expect(try abs(versions.values("AKT1")[1] - Float(log2(750_001.0))) < 1e-5)
  }

  @Test("FPKM is scaled by the sum over all genes, also those that are no landmarks")
  func fpkm() throws {
    try study.matrix(["a", "b"], [("AKT1", [1, 30]), ("OTHER", [3, 10]), ("ALDOA", [0, 0])])
    let result = try study.ingest(expression("fpkm"))
    #expect(try abs(result.values("AKT1")[0] - Float(log2(250_001.0))) < 1e-5)
    #expect(try abs(result.values("AKT1")[1] - Float(log2(750_001.0))) < 1e-5)
    #expect(try result.values("ALDOA") == [0, 0])
    #expect(result.text("expression/unit") == "log2(tpm + 1)")
  }

  @Test("samples in rows are converted like genes in rows")
  func sampleRows() throws {
    try study.table("matrix.tsv", [["id", "AKT1", "OTHER"], ["a", "1", "3"], ["b", "30", "10"]])
    let result = try study.ingest(
      "expression: {layout: sample-rows, files: matrix.tsv, assay: rna-seq, unit: fpkm, gene-ids: symbol}")
    #expect(try abs(result.values("AKT1")[1] - Float(log2(750_001.0))) < 1e-5)
  }

  @Test("normalised counts without lengths become log2(norm_count + 1), values below 0 become 0 and are counted")
  func normalisedCounts() throws {
    try study.matrix(["a", "b"], [("AKT1", [1_023, -0.00001]), ("ALDOA", [-3, 7])])
    let result = try study.ingest(expression("norm_count"))
    #expect(try result.values("AKT1") == [10, 0] && result.values("ALDOA") == [0, 3])
    #expect(result.text("expression/unit") == "log2(norm_count + 1)")
    #expect(result.value("expression/clamped_by_adjustment") == .integer(1))
    #expect(result.value("expression/clamped_by_rounding") == .integer(1))
  }

  @Test("z-scores and intensities stay what they are, and the store says so")
  func kept() throws {
    try study.matrix(["a", "b", "c"], [("AKT1", [-1.5, 0.5, 1]), ("ALDOA", [2, -2, 0.25])])
    let scores = try study.ingest(expression("zscore"))
    #expect(try scores.values("AKT1") == [-1.5, 0.5, 1] && scores.text("expression/unit") == "zscore")
    try study.matrix(["a", "b"], [("AKT1", [7.5, 9]), ("ALDOA", [12, 3])])
    let array = try study.ingest(expression("log2(intensity)"))
    #expect(try array.values("ALDOA") == [12, 3] && array.text("expression/unit") == "log2(intensity)")
    #expect(array.text("expression/conversion")?.contains("kept") == true)
  }

  @Test("a matrix in two files is one matrix; samples that differ are an error")
  func parts() throws {
    try study.matrix(["a", "b"], [("AKT1", [1, 2])])
    try study.table("more.tsv", [["gene", "a", "b"], ["ALDOA", "3", "4"]])
    let yaml = plainExpression.replacing("matrix.tsv", with: "[matrix.tsv, more.tsv]")
    let result = try study.ingest(yaml)
    #expect(try result.values("ALDOA") == [3, 4] && result.measured == ["AKT1", "ALDOA"])
    try study.table("more.tsv", [["gene", "a", "c"], ["ALDOA", "3", "4"]])
    let error = try #require(throws: SourceError.self) { try study.ingest(yaml) }
    #expect(error.kind == .inconsistent && error.place?.file.hasSuffix("more.tsv") == true)
  }
}
