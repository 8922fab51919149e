import Foundation
import TestSupport
import Testing

@testable import Expression

@Suite("Values of real sources", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct RealTableTests {
  /// Rows of a gzipped table without its header: the label, and the numbers behind it.
  func table(_ name: String, columns: String, separator: String = "\t") throws -> [(label: String, values: [Float])] {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let delimiter = separator == "\t" ? "" : "-d'\(separator)'"
    process.arguments = ["-c", "gzip -dc '\(SharedData.data(name))' | tail -n +2 | cut \(delimiter) -f\(columns)"]
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.split(separator: "\n").map { line in
      let fields = line.split(separator: Character(separator), omittingEmptySubsequences: false)
      return (String(fields[0]), fields.dropFirst().map { Float($0) ?? .nan })
    }
  }

  func confirm(_ unit: String, _ evidence: ValueEvidence) throws -> UnitFinding {
    try UnitCheck.confirm(ExpressionUnit(parsing: unit), against: evidence)
  }

  @Test("toil's slice is log2(tpm + 0.001), and not log2(tpm + 1)")
  func toil() throws {
    let patients = try table("tcga/survpath_xena/coadread/rna_clean.csv.gz", columns: "1-400", separator: ",")
    // Patients are its rows: here samples are columns.
    let rows = patients[0].values.indices.map { gene in patients.map { $0.values[gene] } }
    let evidence = ValueEvidence(rows)
    #expect(evidence.minimum == -9.9658)
    _ = try confirm("log2(tpm + 0.001)", evidence)
    let error = #expect(throws: ExpressionError.self) { try confirm("log2(tpm + 1)", evidence) }
    #expect(error?.cause.contains("this is log2(tpm + 0.001)") == true)
    let undecided = #expect(throws: ExpressionError.self) { try UnitDetection.unit(of: evidence) }
    #expect(undecided?.cause.contains("log2(tpm + 0.001) and log2(fpkm + 0.001) fit") == true)
    let conversion = try Conversion(from: ExpressionUnit(parsing: "log2(tpm + 0.001)"), hasLengths: false)
    var clamped = Clamped()
    var low = Float.infinity
    for var row in rows {
      row.withUnsafeMutableBufferPointer { conversion.convert($0, scales: nil, clamped: &clamped) }
      low = min(low, row.min() ?? low)
    }
    // Every floor value, and nothing else, is a zero that rounding put below 0.
    #expect(low == 0)
    #expect(clamped.byRounding == Int((evidence.fractionAtMinimum * Double(evidence.count)).rounded()))
    #expect(clamped.byAdjustment == 0)
  }

  @Test("COADREAD is normalised counts, adjusted for batches, with negative values")
  func coadread() throws {
    let rows = try table("tcga/coadread/coadred_data_RNA_Seq_v2_expression_median.txt.gz", columns: "2,540-592")
    let evidence = ValueEvidence(rows.map(\.values), coversAllGenes: true)
    #expect(evidence.negatives > 0)
    #expect(try UnitDetection.unit(of: evidence).unit == ExpressionUnit(.normCount))
    _ = try confirm("norm_count", evidence)
    for unit in ["tpm", "counts", "log2(norm_count + 1)", "zscore"] {
      #expect(throws: ExpressionError.self, "\(unit)") { try confirm(unit, evidence) }
    }
  }

  @Test("counts and gene lengths give TPM that sum to a million, as in pandas 2.3")
  func tpmFromCounts() throws {
    let rows = try table("derived/rda_tsv/crcTCGAsubset_counts.tsv.gz", columns: "1-9")
    let evidence = ValueEvidence(rows.map(\.values), coversAllGenes: true)
    #expect(try UnitDetection.unit(of: evidence).unit == ExpressionUnit(.counts))
    #expect(throws: ExpressionError.self) { try confirm("tpm", evidence) }
    var lengths: [String: Double] = [:]
    for (entrez, values) in try table("derived/rda_tsv/anno.orgHs.tsv.gz", columns: "1,6") where lengths[entrez] == nil
    {
      lengths[entrez] = Double(values[0])
    }
    let conversion = try Conversion(from: ExpressionUnit(.counts), hasLengths: true)
    var sums = GeneSums(conversion, samples: 8)
    for row in rows {
      if let length = lengths[row.label] { row.values.withUnsafeBufferPointer { sums.add(row: $0, length: length) } }
    }
    #expect(sums.genes == 17_045)
    let scales = try sums.scales()
    var total = Array(repeating: 0.0, count: 8)
    var converted: [String: [Float]] = [:]
    var clamped = Clamped()
    for row in rows {
      guard let length = lengths[row.label] else { continue }
      var values = row.values
      values.withUnsafeMutableBufferPointer {
        conversion.convert($0, scales: scales, length: length, clamped: &clamped)
      }
      for sample in 0..<8 { total[sample] += exp2(Double(values[sample])) - 1 }
      converted[row.label] = values
    }
    // float32 logarithms keep each TPM to 1e-6 of itself.
    #expect(total.allSatisfy { abs($0 - 1e6) < 2 })
    #expect(converted["7157"]?.prefix(3) == [5.914491653442383, 6.755722999572754, 6.705782890319824])
    #expect(converted["1950"]?.prefix(3) == [1.9068200588226318, 1.1350693702697754, 2.078145980834961])
  }

  @Test("legacy RSEM counts are counts with fractions")
  func legacyCounts() throws {
    let rows = try table("derived/TCGAbiolinks/dataBRCA.tsv.gz", columns: "1-6").map(\.values)
    let finding = try UnitDetection.unit(of: ValueEvidence(rows))
    #expect(finding.unit == ExpressionUnit(.counts))
    #expect(finding.confidence == .likely)
  }

  @Test("NCI-60 and RMA are log2 intensities")
  func microarrays() throws {
    let nci = try table("gdsc/nci60/gene_exp_part1.csv.gz", columns: "1-31", separator: ",").map(\.values)
    #expect(try UnitDetection.unit(of: ValueEvidence(nci)).unit == ExpressionUnit(.intensity, .log2))
    let error = #expect(throws: ExpressionError.self) { try confirm("zscore", ValueEvidence(nci)) }
    #expect(error?.cause.contains("no value is negative") == true)
  }

  @Test("the published GDSC matrix can be z-scores, and nothing that is not centred")
  func gdsc() throws {
    let lines = try table("derived/GDSC_EXP.landmark509.tsv.gz", columns: "1-510").prefix(300)
    let rows = lines[0].values.indices.map { gene in lines.map { $0.values[gene] } }
    let evidence = ValueEvidence(rows)
    _ = try confirm("zscore", evidence)
    for unit in ["log2(tpm + 1)", "tpm", "counts"] {
      #expect(throws: ExpressionError.self, "\(unit)") { try confirm(unit, evidence) }
    }
    #expect(throws: ExpressionError.self) { try UnitDetection.unit(of: evidence) }
  }
}
