import Foundation
import TestSupport
import Testing

/// The help texts are part of what users rely on: each stands in Fixtures/help, and a change of one is seen in review.
///
/// After a change that is meant: `THERAPI_RECORD_HELP=1 swift test --disable-xctest --filter HelpTests` writes them anew.
@Suite("Help texts")
struct HelpTests {
  private static let isRecording = ProcessInfo.processInfo.environment["THERAPI_RECORD_HELP"] != nil

  @Test(
    "are as recorded",
    arguments: [
      "therapi", "ingest", "align", "embed rank", "embed perturbation", "embed train-perturbation", "embed fine-tune",
      "train", "score", "merge", "evaluate", "survival", "run", "report", "figure", "figure projection",
      "figure mixture", "figure curves", "figure heterogeneity", "figure survival", "figure roc", "figure boxes",
      "inspect", "verify", "export", "genes", "models",
    ])
  func snapshot(command: String) throws {
    let folder = try TemporaryFolder()
    let arguments = command == "therapi" ? ["--help"] : command.split(separator: " ").map(String.init) + ["--help"]
    let run = try TherapiProcess.run(arguments, in: folder.path)
    #expect(run.code == 0 && run.errors.isEmpty)
    let recorded = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/help/\(command.replacing(" ", with: "-")).txt")
    if Self.isRecording { try run.output.write(to: recorded, atomically: true, encoding: .utf8) }
    #expect(try run.output == String(contentsOf: recorded, encoding: .utf8))
  }

  @Test("no arguments show the help of the program")
  func noArguments() throws {
    let folder = try TemporaryFolder()
    let run = try TherapiProcess.run([], in: folder.path)
    #expect(run.code == 0 && run.output.contains("SUBCOMMANDS:"))
  }

  @Test("--version is a version")
  func version() throws {
    let folder = try TemporaryFolder()
    let run = try TherapiProcess.run(["--version"], in: folder.path)
    #expect(run.code == 0 && run.output.wholeMatch(of: #/\d+\.\d+\.\d+\n/#) != nil)
  }
}
