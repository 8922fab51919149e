import Foundation
import Logging
import Runs
import Synchronization
import TestSupport
import Testing

@testable import Study

/// The example, run once for all tests of a suite: each takes a copy of its results, or holds its own against them.
struct FinishedStudy: Sendable {
  private let example: ExampleStudy
  /// Steps of the plan before anything was done, and those that the run did.
  let planned: [String]
  let done: [String]
  /// What the first run left.
  let results: Results

  var path: String { example.folder.file("study.yaml") }

  private init() throws {
    example = try ExampleStudy()
    let (path, folder) = (example.folder.file("study.yaml"), example.folder.file("results"))
    planned = try Self.run(path).plan().map(\.step)
    results = Results(folder: folder)
    try #require(!FileManager.default.fileExists(atPath: results.file("state.json")))
    done = try Self.run(path).run().done
  }

  /// A run whose results go into a folder of their own.
  func run(_ name: String, _ settings: [String] = [], progress: (any RunProgress)? = nil) throws -> StudyRun {
    try Self.run(path, settings + ["results=\(results(name).folder)"], progress: progress)
  }

  /// Results of that name, which is not `results`.
  func results(_ name: String) -> Results { Results(folder: example.folder.file(name)) }

  /// Puts what the first run left where another has its results.
  func copy(to name: String) throws {
    try FileManager.default.copyItem(atPath: results.folder, toPath: results(name).folder)
  }

  private static func run(
    _ path: String, _ settings: [String] = [], progress: (any RunProgress)? = nil
  ) throws -> StudyRun {
    let study = try StudyConfiguration(path: path, settings: settings)
    return StudyRun(
      study, lanes: 1, progress: progress, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  struct Results: Sendable {
    let folder: String

    func file(_ name: String) -> String { "\(folder)/\(name)" }

    func text(_ name: String) throws -> String { try String(contentsOfFile: file(name), encoding: .utf8) }

    /// The files by which a reader knows a study; stores may differ in free space, and are told by their fingerprints.
    func content() throws -> [String: String] {
      let names = [
        "metrics.json", "report.json", "report.html", "tables/metrics.csv", "tables/scores.csv", "tables/survival.csv",
        "runs/full/run.json", "runs/without-rank/run.json", "figures/figures.json",
      ]
      return try Dictionary(uniqueKeysWithValues: names.map { ($0, try text($0)) })
    }
  }

  /// Makes the study when the first test asks for it, and removes it after the last.
  final class Shared: SuiteTrait, TestScoping {
    @TaskLocal private static var current: Shared?
    private let study = Mutex<Task<FinishedStudy, any Error>?>(nil)

    /// Those who come while it is made wait for it, and hold no thread meanwhile.
    static func study() async throws -> FinishedStudy {
      let making = try #require(current).study.withLock { study in
        let making = study ?? Task { try FinishedStudy() }
        study = making
        return making
      }
      return try await making.value
    }

    func provideScope(
      for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
      try await Self.$current.withValue(Shared()) { try await function() }
    }
  }
}

extension Trait where Self == FinishedStudy.Shared {
  static var finishedStudy: Self { Self() }
}
