import Cohorts
import Foundation
import Statistics
import TestSupport
import Testing

@testable import Outcomes

@Suite("Comparison of two groups")
struct GroupComparisonTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ text: String, _ name: String) throws -> String {
    try text.write(toFile: folder.file(name), atomically: true, encoding: .utf8)
    return folder.file(name)
  }

  private func scores() throws -> ScoredPairs {
    try ScoredPairs(
      write(
        """
        sample,drug,label,logit
        S0,5-FU,1,0.5
        S1,5-FU,0,-1.25
        S2,5-FU,0,0.75
        S3,5-FU,1,1
        S0,Gefitinib,1,2
        S1,Gefitinib,0,-1
        S2,Gefitinib,1,-3
        S3,Gefitinib,-1,4
        S3,Aspirin,-1,0

        """, "scores.csv"))
  }

  /// A store with a column of words and, unless they are nil, entropies.
  private func store(_ words: [String], entropies: [Double]? = nil, uns: [String: StoreValue] = [:]) throws -> String {
    var obs = Frame(indexName: "sample", index: words.indices.map { "S\($0)" })
    obs.set("msi", .categorical(words))
    if let entropies { obs.set("heterogeneity", .doubles(entropies)) }
    var genes = Frame(indexName: "symbol", index: ["A"])
    genes.set("measured", .booleans([true]))
    var cohort = Cohort(
      x: Matrix(rows: words.count, columns: 1, values: words.indices.map(Float.init)), obs: obs, genes: genes)
    cohort.uns = uns
    try cohort.write(to: folder.file("cohort.h5ad"))
    return folder.file("cohort.h5ad")
  }

  @Test("compares scores drug by drug, and entropies sample by sample")
  func comparison() throws {
    let path = try store(["MSI", "MSS", "MSS", "MSI"], entropies: [1, 2, 3, 4])
    let groups = try ScoredGroups(
      scores(), words: SampleWords("msi", of: [path]), entropies: SampleEntropies(of: [path]))
    let comparison = try GroupComparison(groups)
    #expect(comparison.first == "MSI" && comparison.second == "MSS" && comparison.leftOut == 0)
    #expect(comparison.rows.map(\.name) == ["5-FU", "Aspirin", "Gefitinib"] && comparison.labelled == nil)
    let expected = try MannWhitney.test([2, 4], [-1, -3])
    #expect(comparison.rows[2].mannWhitney == expected && comparison.rows[2].mannWhitneyQ != nil)
    #expect(comparison.rows[2].welch == (try TTest.test([2, 4], [-1, -3], variances: .separate)))
    #expect(comparison.rows[0].first.mean == .estimated(0.75))
    #expect(comparison.rows[1].mannWhitney == .notEstimable("a group has no values"))
    #expect(comparison.entropy?.mannWhitney == (try MannWhitney.test([1, 4], [2, 3])))
    #expect(comparison.entropy?.mannWhitneyQ == nil && groups.entropies == .init(first: [1, 4], second: [2, 3]))
    let swapped = try GroupComparison(
      ScoredGroups(scores(), words: SampleWords("msi", of: [path]), pair: ("MSS", "MSI")))
    #expect(swapped.rows[2].mannWhitney.value?.p == expected.value?.p && swapped.entropy == nil)
  }

  @Test("q-values are those of the drugs that have a p")
  func discoveryRates() throws {
    let path = try store(["MSI", "MSS", "MSS", "MSI"])
    let rows = try GroupComparison(ScoredGroups(scores(), words: SampleWords("msi", of: [path]))).rows
    #expect(rows.map(\.mannWhitneyQ) == FalseDiscovery.qValues(rows.map { $0.mannWhitney.value?.p }))
    #expect(rows.map(\.welchQ) == FalseDiscovery.qValues(rows.map { $0.welch.value?.p }))
  }

  @Test("responders against others takes labelled pairs alone, and samples that answered all or nothing")
  func responders() throws {
    let path = try store(["", "", "", ""], entropies: [1, 2, 3, 4])
    let comparison = try GroupComparison(
      ScoredGroups(responders: scores(), entropies: SampleEntropies(of: [path])))
    #expect(comparison.rows.map(\.name) == ["5-FU", "Gefitinib"] && comparison.leftOut == 2)
    #expect(comparison.samplesLeftOut == 0 && comparison.labelled?.first.samples == 4)
    #expect(comparison.labelled?.mannWhitney == (try MannWhitney.test([0.5, 1, 2, -3], [-1.25, 0.75, -1])))
    // S0 and S3 answered all, S1 nothing, S2 one of two.
    #expect(comparison.entropy?.first.samples == 2 && comparison.entropy?.second.samples == 1)
    #expect(comparison.entropy?.welch == .notEstimable("a group has fewer than two values"))
  }

  @Test("a column that is called label is a column")
  func columnOfThatName() throws {
    let path = try write("id,label\nS0,1\nS1,0\nS2,0\nS3,1\n", "words.csv")
    let groups = try ScoredGroups(scores(), words: SampleWords("label", table: path))
    #expect(!groups.areLabels && groups.labelled == nil && groups.drugs.count == 3)
  }

  @Test("scores of one label are no two groups")
  func oneLabel() throws {
    let scores = try ScoredPairs(write("sample,drug,label,logit\nS0,A,1,0.5\nS1,A,1,2\n", "scores.csv"))
    let error = #expect(throws: OutcomeError.self) { try ScoredGroups(responders: scores) }
    #expect(error?.kind == .nothingToCompare && error?.cause == "the scored samples have these labels: 1")
  }

  @Test("refuses groups that are not two")
  func groups() throws {
    let scores = try scores()
    let three = try SampleWords("msi", of: [store(["MSI", "MSS", "unclear", ""])])
    let error = #expect(throws: OutcomeError.self) { try ScoredGroups(scores, words: three) }
    #expect(error?.cause.hasSuffix("in 'msi': MSI, MSS, unclear") == true)
    #expect(throws: OutcomeError.self) { try ScoredGroups(scores, words: three, pair: ("MSI", "POLE")) }
    let two = try ScoredGroups(scores, words: three, pair: ("MSI", "MSS"))
    #expect(two.leftOut == 5 && two.samplesLeftOut == 2)
    let nobody = try SampleWords("msi", of: [store(["", "", "", ""])])
    #expect(throws: OutcomeError.self) { try ScoredGroups(scores, words: nobody) }
  }

  @Test("refuses entropies that were made of other data")
  func stale() throws {
    let record: StoreValue = .group([
      "block": .string("obs/heterogeneity"), "model": .string(String(repeating: "ab", count: 32)),
      "input": .string(String(repeating: "cd", count: 32)), "panel_order": .string(""), "settings": .group([:]),
      "tool_version": .string("0.1.0"), "seed": .integer(7),
    ])
    let path = try store(["a"], entropies: [1], uns: ["embeddings": .group(["heterogeneity": record])])
    let error = #expect(throws: OutcomeError.self) { try SampleEntropies(of: [path]) }
    #expect(error?.kind == .stale)
    #expect(try SampleEntropies(of: [store(["a"])]).isEmpty)
  }

  @Test(
    "a table names samples as the scores do, or by TCGA's barcodes",
    arguments: [
      (SampleNames.sample, "TCGA-AA-3488-01", "MSS"), (.sample, "TCGA-AA-3488-01A-11R", "MSI"),
      (.tcgaSample, "TCGA-AA-3489-06", "MSI"), (.tcgaPatient, "TCGA-AA-3490-03", "MSS"), (.tcgaPatient, "HCT116", ""),
      (.tcgaSample, "TCGA-AA-3488-11", ""),
    ])
  func tables(names: SampleNames, sample: String, word: String) throws {
    let rows = [
      SampleNames.sample: "TCGA-AA-3488-01\tMSS\nTCGA-AA-3488-01A-11R\tMSI\n",
      .tcgaSample: "TCGA-AA-3489-06A-11R\tMSI\nTCGA-AA-3488-01A\tNA\nnobody\tMSI\n",
      .tcgaPatient: "TCGA-AA-3490\tMSS\nTCGA-AA-3490-01\tMSS\n",
    ]
    let path = try write("id\tstatus\n" + (rows[names] ?? ""), "words.tsv")
    #expect(try SampleWords("status", table: path, names: names).word(of: sample) == word)
    #expect(try SampleWords("status", table: path, sample: "id", names: names).word(of: sample) == word)
  }

  @Test(
    "reads a real table by the samples' barcodes", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func realTable() throws {
    let path = SharedData.data("derived/rda_tsv/crcTCGAsubset_pheno.tsv")
    let words = try SampleWords("MSI", table: path, sample: "sample", names: .tcgaSample)
    // The table's first two rows: aliquots TCGA-4N-A93T-01A-11R and TCGA-4T-AA8H-01A-11R.
    #expect(words.word(of: "TCGA-4N-A93T-01") == "MSS" && words.word(of: "TCGA-4T-AA8H-01") == "INDETERMINATE")
    #expect(words.word(of: "TCGA-4N-A93T-11").isEmpty)
  }

  @Test("names the row of a table that contradicts another, and the column that is not there")
  func badTables() throws {
    let path = try write("id,status\nTCGA-AA-3490,MSS\nTCGA-AA-3490-01,MSI\n", "words.csv")
    let error = #expect(throws: OutcomeError.self) { try SampleWords("status", table: path, names: .tcgaPatient) }
    #expect(error?.kind == .repeatedSample && error?.place?.line == 3)
    let column = #expect(throws: OutcomeError.self) { try SampleWords("msi", table: path) }
    #expect(column?.kind == .missingColumn && column?.remedy == "there are id, status")
    #expect(throws: OutcomeError.self) { try SampleWords("status", table: path, sample: "name") }
  }
}
