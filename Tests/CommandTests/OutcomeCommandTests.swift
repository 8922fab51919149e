import Cohorts
import Foundation
import TestSupport
import Testing

@Suite("survival and evaluate")
struct OutcomeCommandTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 8)
    let count = 40
    var obs = Frame(indexName: "sample", index: (0..<count).map { "P\($0)" })
    obs.set("tissue", .categorical((0..<count).map { $0 % 2 == 0 ? "lung" : "skin" }))
    obs.set("heterogeneity", .doubles((0..<count).map { _ in Double.random(in: 1...3, using: &generator) }))
    obs.set("OS", .doubles((0..<count).map { $0 % 3 == 0 ? 0 : 1 }))
    obs.set("OS.time", .doubles((0..<count).map { _ in Double.random(in: 10...2000, using: &generator).rounded() }))
    obs.set("msi", .categorical((0..<count).map { $0 % 4 == 0 ? "MSI" : "MSS" }))
    var genes = Frame(indexName: "symbol", index: ["A"])
    genes.set("measured", .booleans([true]))
    let x = Matrix(rows: count, columns: 1, values: (0..<count).map(Float.init))
    try Cohort(x: x, obs: obs, genes: genes).write(to: folder.file("cohort.h5ad"))
    let rows = (0..<count).map { "P\($0),5-FU,\($0 % 2),\($0 % 5),\(Double.random(in: -2...2, using: &generator))\n" }
    try FileManager.default.createDirectory(atPath: folder.file("run"), withIntermediateDirectories: true)
    try ("sample,drug,label,fold,logit\n" + rows.joined())
      .write(toFile: folder.file("run/predictions.csv"), atomically: true, encoding: .utf8)
  }

  @Test("survival shows a table, gives JSON with the reasons, and writes CSV")
  func survival() throws {
    let page = try TherapiProcess.run(["survival", "cohort.h5ad", "--endpoints", "OS,PFI"], in: folder.path)
    #expect(page.code == 0 && page.errors.isEmpty, "\(page.errors)")
    #expect(page.output.contains("\nlung    OS") && page.output.contains("\nall     OS"))
    #expect(page.output.contains("  lung PFI: the endpoint is known of no patient in a group"))
    #expect(!page.output.lowercased().contains("nan"))
    let run = try TherapiProcess.run(
      ["survival", "cohort.h5ad", "--endpoints", "OS,PFI", "--csv", "table.csv", "--json"], in: folder.path)
    let rows = try #require(try run.document()["rows"] as? [[String: Any]])
    #expect(rows.count == 6)
    let effect = try #require((rows[0]["cox"] as? [String: Any])?["value"] as? [String: Any])
    #expect((effect["hazard_ratio"] as? Double) != nil)
    #expect(
      (rows[1]["cox"] as? [String: Any])?["reason"] as? String == "the endpoint is known of no patient in a group")
    #expect(try String(contentsOfFile: folder.file("table.csv"), encoding: .utf8).split(separator: "\n").count == 7)
  }

  @Test("evaluate judges a run by fold and by tissue, with intervals that a seed repeats")
  func evaluate() throws {
    let arguments = [
      "evaluate", "run", "--by", "tissue", "--cohort", "cohort.h5ad", "--bootstrap", "100", "--seed", "4",
    ]
    let page = try TherapiProcess.run(arguments, in: folder.path)
    #expect(page.code == 0 && page.errors.isEmpty, "\(page.errors)")
    #expect(page.output.hasPrefix("run/predictions.csv\n") && page.output.contains("over folds"))
    #expect(page.output.contains("lung: auroc, auprc, brier") == false)
    #expect(try TherapiProcess.run(arguments, in: folder.path).output == page.output)
    let document = try TherapiProcess.run(arguments + ["--json"], in: folder.path).document()
    let evaluation = try #require(document["evaluation"] as? [String: Any])
    let metrics = try #require((evaluation["all"] as? [String: Any])?["metrics"] as? [String: Any])
    #expect((metrics["auroc"] as? [String: Any])?["value"] is Double)
    #expect((evaluation["folds"] as? [Any])?.count == 5 && (evaluation["groups"] as? [Any])?.count == 2)
  }

  @Test("evaluate compares the groups of a column, and responders with others")
  func groups() throws {
    let page = try TherapiProcess.run(
      ["evaluate", "run", "--groups", "msi", "--cohort", "cohort.h5ad"], in: folder.path)
    #expect(page.code == 0 && page.output.contains("logits by msi: MSI against MSS; 0 pairs of 0 samples in neither"))
    let run = try TherapiProcess.run(["evaluate", "run", "--groups", "label", "--json"], in: folder.path)
    let comparison = try #require(try run.document()["comparison"] as? [String: Any])
    #expect(comparison["first"] as? String == "1" && (comparison["rows"] as? [Any])?.count == 1)
    #expect(comparison["labelled"] is [String: Any] && comparison["entropy"] == nil)
  }

  @Test("evaluate compares the groups of a table, and the entropies that the cohort has")
  func table() throws {
    try "id,status\nP1,MSI\nP2,MSS\nP3,MSS\nP4,MSI\n"
      .write(toFile: folder.file("status.csv"), atomically: true, encoding: .utf8)
    let arguments = ["evaluate", "run", "--groups", "status", "--table", "status.csv", "--cohort", "cohort.h5ad"]
    let page = try TherapiProcess.run(arguments, in: folder.path)
    #expect(page.code == 0, "\(page.errors)")
    #expect(page.output.contains("logits by status: MSI against MSS; 36 pairs of 36 samples in neither"))
    #expect(page.output.contains("entropies of the mixtures, in nats"))
    let document = try TherapiProcess.run(arguments + ["--json"], in: folder.path).document()
    let entropy = try #require((document["comparison"] as? [String: Any])?["entropy"] as? [String: Any])
    #expect((entropy["first"] as? [String: Any])?["samples"] as? Int == 2)
  }

  @Test("figures of survival, of curves and of groups are drawn, the same bytes each time")
  func figures() throws {
    for (arguments, words) in [
      (["survival", "cohort.h5ad", "--endpoint", "OS"], ["OS by heterogeneity, all tissues", "high entropy: 20, "]),
      (["survival", "cohort.h5ad", "--tissue", "skin"], ["OS by heterogeneity, skin", "at risk", "log-rank p = "]),
      (["roc", "run"], ["Responders against others", "run: 0."]),
      (["roc", "run", "run", "--curve", "precision-recall", "--name", "a", "--name", "b"], ["a: 0.", "b: 0."]),
      (["boxes", "run", "--groups", "msi", "--cohort", "cohort.h5ad"], ["MSI against MSS", "n = 10, 30", "q = "]),
      (["boxes", "run", "--groups", "label", "--drug", "5-FU"], ["non-responders", "n = 20, 20"]),
      (["boxes", "run", "--groups", "msi", "--cohort", "cohort.h5ad", "--entropy"], ["n = 30", "nats", "p = "]),
    ] {
      let runs = try (0..<2).map { _ in try TherapiProcess.run(["figure"] + arguments + ["-o", "-"], in: folder.path) }
      #expect(runs[0].code == 0 && runs[0].output == runs[1].output, "\(runs[0].errors)")
      #expect(runs[0].output.hasPrefix("<svg xmlns="))
      for part in words { #expect(runs[0].output.contains(part), "\(arguments): \(part)") }
    }
  }

  @Test(
    "ends with 2 where the input is at fault",
    arguments: [
      (["survival", "cohort.h5ad", "--by", "age"], "there is no column 'age'"),
      (
        ["survival", "cohort.h5ad", "--endpoints", "DSS"],
        "there is no pair of columns for any endpoint (DSS, DSS.time)"
      ),
      (["survival", "cohort.h5ad", "cohort.h5ad"], "the sample 'P0' stands in cohort.h5ad too"),
      (["survival", "cohort.h5ad", "--min", "0"], "--min must be 1 or more."),
      (["survival", "cohort.h5ad", "--endpoints", "OS,OS"], "--endpoints must name endpoints, each once."),
      (["survival", "nothing.h5ad"], "nothing.h5ad"),
      (["evaluate", "run", "--by", "tissue"], "Name the store of the cohort with --cohort"),
      (["evaluate", "run", "--bootstrap", "1"], "--bootstrap must be 0, or 2 or more."),
      (["evaluate", "run", "--compare", "A,B"], "--compare goes with --groups of a column."),
      (["evaluate", "run", "--groups", "label", "--table", "x.csv"], "--table goes with --groups of a column."),
      (
        ["evaluate", "run", "--groups", "msi", "--cohort", "cohort.h5ad", "--names", "tcga-sample"], "go with --table."
      ),
      (["evaluate", "cohort.h5ad"], "there is no column 'sample'"),
      (["evaluate", "nothing.csv"], "nothing.csv"),
    ])
  func faults(arguments: [String], complaint: String) throws {
    let run = try TherapiProcess.run(arguments, in: folder.path)
    #expect(run.code == 2 && run.errors.contains(complaint), "\(run.errors)")
    #expect(run.output.isEmpty)
    let document = try TherapiProcess.run(arguments + ["--json"], in: folder.path).document()
    #expect((document["error"] as? [String: Any])?["cause"] is String)
  }

  @Test(
    "a figure of nothing ends with 2 and writes no file",
    arguments: [
      (["survival", "cohort.h5ad", "--tissue", "bone"], "no patient is of the tissue 'bone'"),
      (["survival", "cohort.h5ad", "--endpoint", "PFI"], "there is no pair of columns for any endpoint"),
      (["roc", "run", "--name", "a", "--name", "b"], "--name is given 2 times for 1 scores."),
      (["boxes", "run"], "Name a column with --groups"),
      (["boxes", "run", "--groups", "label", "--drug", "aspirin"], "the groups have no scores of 'aspirin'"),
      (["boxes", "run", "--groups", "label", "--entropy"], "Name the store of the cohort with --cohort"),
    ])
  func noFigure(arguments: [String], complaint: String) throws {
    let run = try TherapiProcess.run(["figure"] + arguments + ["-o", "a.svg"], in: folder.path)
    #expect(run.code == 2 && run.errors.contains(complaint), "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.file("a.svg")))
  }
}
