import Testing

@testable import Ingest

@Suite("Probes and their genes")
struct ProbeTests {
  let study: Study

  init() throws {
    study = try Study()
    try study.table(
      "platform.tsv",
      [
        ["ID", "Gene symbol", "Gene ID"], ["p1", "AKT1", "207"], ["p2", "AKT1", "207"],
        ["p3", "AKT1///ALDOA", "207///226"],
        ["p4", "APOE", ""], ["p5", "---", ""], ["p6", "AKT1", "207"], ["p7", "FAS", "355"], ["p8", "A1BG", "1"],
      ])
    try study.matrix(
      ["a", "b", "c"],
      [
        ("p1", [5, 5, 5.5]), ("p2", [2, 9, 3]), ("p3", [15, 15, 15]), ("p4", [4, 4, 5]), ("p5", [9, 9, 9]),
        ("p6", [.nan, .nan, .nan]), ("p7", [7, 7, 7]), ("p8", [6, 6, 6]), ("p9", [6, 6, 6]),
      ])
  }

  private func ingest(_ collapse: String) throws -> Ingested {
    try study.ingest(
      """
      expression:
        layout: gene-rows
        files: matrix.tsv
        assay: microarray
        unit: log2(intensity)
        gene-ids: probe
        platform: {file: platform.tsv}
        collapse: \(collapse)
      """)
  }

  @Test(
    "of several probes the rule decides, and the gene table says which it took",
    arguments: [
      ("max-mean", [5, 5, 5.5], "p1", "1"), ("mean", [3.5, 7, 4.25], "p1 | p2", "2"),
      ("max-iqr", [2, 9, 3], "p2", "1"),
    ] as [(String, [Float], String, String)])
  func collapse(rule: String, values: [Float], sources: String, merged: String) throws {
    let result = try ingest(rule)
    #expect(try result.values("AKT1") == values)
    #expect(try result.gene("AKT1", "source_ids") == sources && result.gene("AKT1", "rows_merged") == merged)
    #expect(try result.gene("AKT1", "collapse") == rule && result.gene("AKT1", "route") == "probe-entrez")
    #expect(try result.gene("APOE", "route") == "probe-symbol" && result.gene("APOE", "source_ids") == "p4")
    #expect(result.measured == ["AKT1", "APOE", "FAS"] && result.text("expression/collapse") == rule)
    #expect(try result.gene("ALDOA", "collapse") == "" && result.values("ALDOA") == [0, 0, 0])
  }

  @Test("a probe of two genes is dropped and counted; losing and empty probes are named with the reason")
  func dropped() throws {
    let result = try ingest("max-mean")
    #expect(
      try Set(result.dropped) == [
        "gene p3: the probe measures 2 genes @ matrix.tsv:4", "row p6: it holds no values",
        "row p2: its mean is not above that of p1",
      ])
    #expect(try result.counts["gene: the probe measures several genes"] == 1)
    #expect(try result.counts["gene: it is no landmark"] == 3)
    #expect(result.report.routes == ["probe-entrez": 2, "probe-symbol": 1])
  }

  @Test("identifiers of one row that contradict each other, and dates of a spreadsheet, are ambiguous")
  func ambiguous() throws {
    try study.table(
      "matrix.tsv",
      [
        ["Hugo_Symbol", "Entrez_Gene_Id", "a", "b"], ["AKT1", "226", "1", "2"], ["", "207", "3", "4"],
        ["APOE", "0", "1", "1"],
      ])
    let result = try study.ingest(
      "expression: {layout: cbioportal, files: matrix.tsv, assay: rna-seq, unit: log2(norm_count + 1)}")
    #expect(result.measured == ["AKT1", "APOE"])
    #expect(try result.gene("AKT1", "route") == "entrez" && result.gene("APOE", "route") == "symbol")
    #expect(try result.counts["gene: its identifiers stand for different genes"] == 1)
    #expect(try result.dropped.first?.hasSuffix("@ matrix.tsv:2") == true)
  }
}

@Suite("Gaps")
struct GapTests {
  let study: Study

  init() throws {
    study = try Study()
    try study.matrix(
      ["a", "b", "c", "d"],
      [("AKT1", [1, .nan, 3, .nan]), ("ALDOA", [1, 2, 3, .nan]), ("APOE", [4, 5, 6, .nan]), ("FAS", [4, 5, 6, 7])])
  }

  private func ingest(_ rule: String) throws -> Ingested {
    try study.ingest("\(plainExpression)\n  gaps: \(rule)")
  }

  @Test("without a rule a gap is an error that names gene, sample and the rules")
  func error() throws {
    let error = try #require(throws: IngestError.self) { try study.ingest(plainExpression) }
    #expect(error.kind == .gaps && error.cause == "AKT1 has no value in 2 of 4 samples, such as b")
    #expect(error.remedy?.contains("gene-mean") == true)
  }

  @Test("the gene's mean fills, and the gene table counts what it filled")
  func geneMean() throws {
    let result = try ingest("{fill: gene-mean}")
    #expect(try result.values("AKT1") == [1, 2, 3, 2] && result.values("ALDOA") == [1, 2, 3, 2])
    #expect(try result.gene("AKT1", "gaps_filled") == "2" && result.gene("FAS", "gaps_filled") == "0")
    #expect(result.value("expression/gaps_filled") == .integer(4) && result.text("expression/gap_rule") == "gene-mean")
  }

  @Test("genes with gaps are dropped, and then not measured")
  func dropGenes() throws {
    let result = try ingest("{fill: drop-genes}")
    #expect(result.measured == ["FAS"])
    #expect(try result.values("AKT1") == [0, 0, 0, 0])
    #expect(try result.dropped.contains("gene AKT1: it has no value in 2 samples"))
    #expect(try result.counts["gene: it misses values in some samples"] == 3)
  }

  @Test("samples with gaps are dropped")
  func dropSamples() throws {
    let result = try ingest("{fill: drop-samples}")
    #expect(result.samples == ["a", "c"])
    #expect(try result.values("AKT1") == [1, 3])
    #expect(try result.dropped == ["b", "d"].map { "sample \($0): it misses values of measured genes" })
  }

  @Test("samples that miss many genes go first, before the rule for the rest")
  func dropSamplesAbove() throws {
    let result = try ingest("{drop-samples-above: 0.5, fill: gene-mean}")
    #expect(result.samples == ["a", "b", "c"])
    #expect(try result.values("AKT1") == [1, 2, 3])
    #expect(try result.dropped == ["sample d: it misses 75 % of the genes"])
  }

  @Test("a rule that leaves no sample is an error")
  func nothingLeft() throws {
    try study.matrix(["a", "b"], [("AKT1", [1, .nan]), ("ALDOA", [.nan, 2])])
    for rule in ["{fill: drop-samples}", "{drop-samples-above: 0.1}"] {
      let error = try #require(throws: IngestError.self) { try ingest(rule) }
      #expect(error.kind == .gaps && error.remedy != nil)
    }
  }
}
