import Foundation
import Logging
import Report
import Runs
import TestSupport
import Testing

@testable import Study

@Suite("A whole study")
struct StudyRunTests {
  private let example: ExampleStudy

  init() throws { example = try ExampleStudy() }

  private func run(_ settings: [String] = [], progress: (any RunProgress)? = nil) throws -> StudyRun {
    try Self.run(example.folder.file("study.yaml"), settings, progress: progress)
  }

  private static func run(
    _ path: String, _ settings: [String] = [], progress: (any RunProgress)? = nil
  ) throws -> StudyRun {
    let study = try StudyConfiguration(path: path, settings: settings)
    return StudyRun(
      study, lanes: 1, progress: progress, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private func file(_ name: String) -> String { example.folder.file("results/\(name)") }

  private func text(_ name: String) throws -> String { try String(contentsOfFile: file(name), encoding: .utf8) }

  /// The files by which a reader knows a study; stores may differ in free space, and are told by their fingerprints.
  private func content() throws -> [String: String] {
    let names = [
      "metrics.json", "report.json", "report.html", "tables/metrics.csv", "tables/scores.csv", "tables/survival.csv",
      "runs/full/run.json", "runs/without-rank/run.json", "figures/figures.json",
    ]
    return try Dictionary(uniqueKeysWithValues: names.map { ($0, try text($0)) })
  }

  private static let steps = [
    "source", "target", "align", "rank model", "rank embedding", "perturbation model", "drug embedding", "train full",
    "train without-rank", "train without-perturbation", "score full", "score without-alignment", "score without-rank",
    "score without-perturbation", "outcomes", "figures", "report",
  ]

  @Test("does every step, and then nothing; a change does what depends on it")
  func redo() throws {
    #expect(try run().plan().map(\.step) == Self.steps)
    #expect(!FileManager.default.fileExists(atPath: file("state.json")))
    #expect(try run().run().done == Self.steps)
    #expect(try run().run().done.isEmpty)
    #expect(try run().plan().allSatisfy(\.isCurrent))

    let content = try ReportFile.read(file("report.json"))
    #expect(content.cohorts.map(\.samples) == [24, 21])
    #expect(content.evaluations.map(\.title) == ["Patients with a known response", "Cell lines, held out"])
    #expect(content.evaluations[0].models.map(\.kind) == ["full", "ablation", "ablation", "ablation", "baseline"])
    #expect(content.evaluations[0].models.allSatisfy { $0.estimates.allSatisfy { $0.mean != nil || $0.reason != nil } })
    #expect(content.predictions?.patients.count == 21 && content.predictions?.drugs.count == 3)
    #expect(content.caveats.contains { $0.title == "The rank encoder is not Geneformer" })
    #expect(try text("report.html").contains("An example"))

    #expect(try run(["resamples=30"]).run().done.first == "outcomes")
    try FileManager.default.removeItem(atPath: file("figures/roc.svg"))
    #expect(try run(["resamples=30"]).run().done == ["figures"])
    let done = try run(["resamples=30", "predictor.epochs=3"]).run().done
    #expect(done.first == "train full" && !done.contains("align") && done.contains("report"))
  }

  /// Cancels the task that it is used by, once it was told so often.
  private final class Canceller: RunProgress {
    private var left: Int
    init(after count: Int) { left = count }
    func begin(_ step: String) { count() }
    func advance(_ step: RunStep) { count() }
    private func count() {
      left -= 1
      if left == 0 { withUnsafeCurrentTask { $0?.cancel() } }
    }
  }

  @Test("ends in the same results however often it was stopped")
  func stopped() async throws {
    _ = try run().run()
    let whole = try content()
    try FileManager.default.removeItem(atPath: example.folder.file("results"))
    let path = example.folder.file("study.yaml")
    var stops = 0
    while stops < 60 {
      // Later and later, so that it comes to an end.
      let count = 6 + 8 * stops
      let task = Task { try Self.run(path, progress: Canceller(after: count)).run() }
      do {
        _ = try await task.value
        break
      } catch is CancellationError {
        stops += 1
      }
    }
    #expect(stops > 3)
    _ = try run().run()
    #expect(try content() == whole)
  }

  @Test("a second run in the folder is refused while one is at work")
  func locked() throws {
    let inner = OneMoreRun { try run().run() }
    _ = try run(progress: inner).run()
    #expect((inner.error as? StudyError)?.kind == .locked)
  }

  /// Starts a run from within another one, once.
  private final class OneMoreRun: RunProgress {
    private(set) var error: (any Error)?
    private var body: (() throws -> StudyRun.Outcome)?
    init(_ body: @escaping () throws -> StudyRun.Outcome) { self.body = body }
    func begin(_ step: String) {
      guard let body else { return }
      self.body = nil
      do { _ = try body() } catch { self.error = error }
    }
    func advance(_ step: RunStep) {}
  }
}
