import Files
import Foundation
import Glibc
import Logging
import Problems
import Runs

/// Runs a study: does what has to be done, and leaves a results folder with its report.
package struct StudyRun {
  /// What it came to.
  package struct Outcome: Sendable, Encodable {
    package var results: String
    package var report: String
    /// Steps that were done now, in their order; empty where all were current.
    package var done: [String]
    package var steps: Int
    package var seconds: Double
  }

  /// A step of the plan.
  package struct Planned: Sendable, Encodable {
    package var step: String
    /// Whether nothing has to be done.
    package var isCurrent: Bool
    package var why: String
  }

  private let study: StudyConfiguration
  private let lanes: Int
  private let progress: (any RunProgress)?
  private let logger: Logger

  package init(
    _ study: StudyConfiguration, lanes: Int = 2, progress: (any RunProgress)? = nil, logger: Logger
  ) {
    (self.study, self.lanes, self.progress, self.logger) = (study, lanes, progress, logger)
  }

  /// What a run would do, and why; changes nothing. Throws a `Problem`.
  package func plan() throws -> [Planned] {
    let state = StudyState(reading: StudyFolder(study.results).state) ?? StudyState()
    let digests = FileDigests(state.digests)
    let steps = try StudySteps(study, lanes: lanes, digests: digests, progress: progress, logger: logger)
    return try steps.graph.plan(state).map { name, decision in
      Planned(step: name, isCurrent: decision.isCurrent, why: decision.words)
    }
  }

  /// Does what has to be done. A run that is killed goes on where it was, when it is started again.
  ///
  /// Throws a `Problem`, and `CancellationError`.
  package func run() throws -> Outcome {
    let start = ContinuousClock.now
    let folder = StudyFolder(study.results)
    try folder.create()
    let lock = try Self.lock(folder)
    defer { close(lock) }
    var state = StudyState(reading: folder.state) ?? StudyState()
    let digests = FileDigests(state.digests)
    let steps = try StudySteps(study, lanes: lanes, digests: digests, progress: progress, logger: logger)
    let graph = steps.graph
    let done = try graph.run(&state, progress: progress, logger: logger) { state in
      var state = state
      state.digests = digests.entries
      try state.write(to: folder.state)
    }
    return Outcome(
      results: folder.path, report: folder.page, done: done, steps: graph.steps.count,
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  /// Holds the results folder against a second run; the caller closes the descriptor.
  private static func lock(_ folder: StudyFolder) throws -> Int32 {
    guard let partial = PartialFile(beside: folder.file("run.lock")) else {
      preconditionFailure("\(folder.path) with a name that no file can have")
    }
    do { return try partial.hold(requiringLock: false) } catch {
      switch error {
      case .isHeld:
        throw StudyError(
          .locked, at: Place(folder.path), "another run of a study is at work in this folder",
          remedy: "wait for it or end it")
      case .cannotCreate(let code), .cannotLock(let code):
        throw StudyError(
          .unwritable, at: Place(partial.path), "cannot be held: \(systemError(code))",
          remedy: "name a folder that may be written as results")
      }
    }
  }
}
