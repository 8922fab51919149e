import Foundation
import Report
import Runs
import TestSupport
import Testing

@testable import Study

@Suite("A whole study", .finishedStudy)
struct StudyRunTests {
  private static let steps = [
    "source", "target", "align", "rank model", "rank embedding", "perturbation model", "drug embedding", "train full",
    "train without-rank", "train without-perturbation", "score full", "score without-alignment", "score without-rank",
    "score without-perturbation", "outcomes", "figures", "report",
  ]

  @Test("does every step, and leaves a report of what they came to")
  func whole() async throws {
    let study = try await FinishedStudy.Shared.study()
    #expect(study.planned == Self.steps && study.done == Self.steps)
    let content = try ReportFile.read(study.results.file("report.json"))
    #expect(content.cohorts.map(\.samples) == [24, 21])
    #expect(content.evaluations.map(\.title) == ["Patients with a known response", "Cell lines, held out"])
    #expect(content.evaluations[0].models.map(\.kind) == ["full", "ablation", "ablation", "ablation", "baseline"])
    #expect(content.evaluations[0].models.allSatisfy { $0.estimates.allSatisfy { $0.mean != nil || $0.reason != nil } })
    #expect(content.predictions?.patients.count == 21 && content.predictions?.drugs.count == 3)
    #expect(content.caveats.contains { $0.title == "The rank encoder is not Geneformer" })
    #expect(try study.results.text("report.html").contains("An example"))
  }

  @Test("does nothing again, wherever its folder is now; a change does what depends on it")
  func redo() async throws {
    let study = try await FinishedStudy.Shared.study()
    try study.copy(to: "again")
    #expect(try study.run("again").plan().allSatisfy(\.isCurrent))
    #expect(try study.run("again").run().done.isEmpty)

    #expect(try study.run("again", ["resamples=30"]).run().done.first == "outcomes")
    try FileManager.default.removeItem(atPath: study.results("again").file("figures/roc.svg"))
    #expect(try study.run("again", ["resamples=30"]).run().done == ["figures"])
    let done = try study.run("again", ["resamples=30", "predictor.epochs=1"]).run().done
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
    let study = try await FinishedStudy.Shared.study()
    var stops = 0
    while stops < 60 {
      // Later and later, so that it comes to an end.
      let count = 6 + 8 * stops
      let task = Task { try study.run("stopped", progress: Canceller(after: count)).run() }
      do {
        _ = try await task.value
        break
      } catch is CancellationError {
        stops += 1
      }
    }
    #expect(stops > 3)
    _ = try study.run("stopped").run()
    #expect(try study.results("stopped").content() == study.results.content())
  }

  @Test("a second run in the folder is refused while one is at work")
  func locked() async throws {
    let study = try await FinishedStudy.Shared.study()
    let task = Task {
      let inner = OneMoreRun { try study.run("locked").run() }
      do { _ = try study.run("locked", progress: inner).run() } catch is CancellationError {}
      return (inner.error as? StudyError)?.kind
    }
    #expect(try await task.value == .locked)
  }

  /// Starts a run from within another one, and cancels that.
  private final class OneMoreRun: RunProgress {
    private(set) var error: (any Error)?
    private let body: () throws -> StudyRun.Outcome
    init(_ body: @escaping () throws -> StudyRun.Outcome) { self.body = body }
    func begin(_ step: String) {
      guard error == nil else { return }
      do { _ = try body() } catch { self.error = error }
      withUnsafeCurrentTask { $0?.cancel() }
    }
    func advance(_ step: RunStep) {}
  }
}
