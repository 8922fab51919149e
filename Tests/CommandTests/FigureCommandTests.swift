import Foundation
import TestSupport
import Testing

@Suite("figure")
struct FigureCommandTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try MixtureStudy().write(to: folder.path)
  }

  private func therapi(_ arguments: String...) throws -> TherapiProcess {
    try TherapiProcess.run(arguments, in: folder.path)
  }

  private func align() throws {
    let run = try therapi(
      "align", "--config", "study.yaml", "--source", "lines.h5ad", "--target", "patients.h5ad", "--threads", "1")
    try #require(run.code == 0, "\(run.errors)")
  }

  private func text(_ name: String) throws -> String { try String(contentsOfFile: folder.file(name), encoding: .utf8) }

  @Test("draws projections, mixtures, curves and heterogeneity of an alignment, the same bytes each time")
  func alignment() throws {
    try align()
    for arguments in [
      ["projection", "--source", "lines.h5ad", "--target", "patients.h5ad"],
      ["projection", "--source", "lines.h5ad", "--target", "patients.h5ad", "--space", "latent", "--colour", "tissue"],
      ["mixture", "patients.h5ad", "--sample", "patients-3", "--lines", "4"], ["curves", "patients.h5ad"],
      ["heterogeneity", "patients.h5ad"],
    ] {
      let runs = try (0..<2).map { _ in
        try TherapiProcess.run(["figure"] + arguments + ["-o", "a.svg"], in: folder.path)
      }
      #expect(runs.allSatisfy { $0.code == 0 && $0.output.isEmpty && $0.errors.isEmpty }, "\(runs[0].errors)")
      let svg = try text("a.svg")
      #expect(svg.hasPrefix("<svg xmlns=") && svg.hasSuffix("</svg>\n"))
      let printed = try TherapiProcess.run(["figure"] + arguments + ["-o", "-"], in: folder.path)
      #expect(printed.output == svg)
    }
    let projection = try therapi(
      "figure", "projection", "--source", "lines.h5ad", "--target", "patients.h5ad", "-o", "-")
    #expect(projection.output.contains("cell line (12)") && projection.output.contains("patient (21)"))
    let mixture = try therapi("figure", "mixture", "patients.h5ad", "--sample", "patients-3", "--lines", "4", "-o", "-")
    #expect(mixture.output.contains("The 4 cell lines that weigh most in the mixture of patients-3, of 12"))
  }

  @Test("draws the folds of a predictor's run")
  func curves() throws {
    let table = """
      fold,epoch,training loss,validation loss
      0,1,0.7,0.72
      0,2,0.6,0.65
      1,1,0.71,0.7
      1,2,0.61,0.66
      1,3,0.55,0.64

      """
    try table.write(toFile: folder.file("curves.csv"), atomically: true, encoding: .utf8)
    let run = try therapi("figure", "curves", "curves.csv", "-o", "-")
    #expect(run.code == 0 && run.output.contains("Loss by epoch of 2 folds"))
    #expect(run.output.contains("validation (mean of 2)"))
  }

  @Test("ends with 2 and leaves no file where a store or a table has not what it shows")
  func refusals() throws {
    try "a,b\n1,2\n".write(toFile: folder.file("curves.csv"), atomically: true, encoding: .utf8)
    for (arguments, words) in [
      (["heterogeneity", "patients.h5ad"], "is not there"),
      (["mixture", "patients.h5ad", "--sample", "patients-3"], "the cohort was not aligned"),
      (["curves", "patients.h5ad"], "the cohort was not aligned"), (["curves", "curves.csv"], "has 2 columns"),
      (["projection", "--source", "lines.h5ad", "--target", "patients.h5ad"], "the cohort was not aligned"),
      (["heterogeneity", "none.h5ad"], "none.h5ad"),
    ] {
      let run = try TherapiProcess.run(["figure"] + arguments + ["-o", "a.svg"], in: folder.path)
      #expect(run.code == 2 && run.errors.contains(words), "\(run.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.file("a.svg")))
    try align()
    let unknown = try therapi("figure", "mixture", "patients.h5ad", "--sample", "nobody", "-o", "a.svg")
    #expect(unknown.code == 2 && unknown.errors.contains("no sample is named 'nobody'"))
    let swapped = try therapi(
      "figure", "projection", "--source", "patients.h5ad", "--target", "patients.h5ad", "-o", "-")
    #expect(swapped.code == 2 && swapped.errors.contains("give the store 'lines' as --source"))
  }
}
