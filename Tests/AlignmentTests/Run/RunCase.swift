import Cohorts
import Files
import Foundation
import Logging
import Synchronization
import TestSupport

@testable import Alignment

/// Stores of a small study in a folder of their own, to be aligned.
final class RunCase {
  /// Settings of a run that takes no time: a single tissue has no classifiers.
  static let quick = "epochs: 2, batch-size: 3, latent-size: 4, tissue: colon"

  let folder: TemporaryFolder
  var study = MixtureStudy(genes: 12, lines: 12, patients: 21)
  var settings = RunCase.quick
  var targets = ["patients.h5ad"]
  let log = RecordedLog()

  init() throws { folder = try TemporaryFolder() }

  func write() throws { try study.write(to: folder.path, configuration: MixtureStudy.configuration(settings)) }

  func path(_ name: String) -> String { folder.file(name) }

  var checkpoint: String { path("study.safetensors") }
  var state: String { checkpoint + ".training" }

  /// The files, but for the configuration.
  var files: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != "study.yaml" }.sorted()
    }
  }

  func alignment(_ settings: [String] = [], output: String = "study.safetensors", lanes: Int = 1) throws -> AlignmentRun
  {
    AlignmentRun(
      try AlignmentConfiguration(path: path("study.yaml"), settings: settings), source: path("lines.h5ad"),
      targets: targets.map(path), checkpoint: path(output), lanes: lanes, logger: log.logger)
  }

  @discardableResult
  func run(_ settings: [String] = [], restarts: Bool = false, lanes: Int = 1) throws -> AlignmentReport {
    try alignment(settings, lanes: lanes).run(restarts: restarts)
  }

  /// Maps stores by the checkpoint.
  @discardableResult
  func apply(to name: String, lanes: Int = 1) throws -> AlignmentApplication.Report {
    try AlignmentApplication(checkpoint, lanes: lanes).run(on: path(name))
  }

  func sum(_ name: String = "study.safetensors") throws -> String { try SHA256.hex(ofFile: path(name)) }

  /// Runs one as far as its first step and stops it there, as a signal would.
  func interrupt(_ settings: [String] = [], restarts: Bool = false) async throws {
    let configuration = try AlignmentConfiguration(path: path("study.yaml"), settings: settings)
    let (source, targets, checkpoint, logger) = (path("lines.h5ad"), targets.map(path), checkpoint, log.logger)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      _ = try AlignmentRun(
        configuration, source: source, targets: targets, checkpoint: checkpoint, lanes: 1, logger: logger
      ).run(restarts: restarts)
    }
    _ = await task.result
  }
}

/// What a run logged.
final class RecordedLog: Sendable {
  private let lines = Mutex<[String]>([])

  var text: String { lines.withLock { $0.joined(separator: "\n") } }

  func clear() { lines.withLock { $0 = [] } }

  var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

  fileprivate func add(_ line: String) { lines.withLock { $0.append(line) } }

  private struct Handler: LogHandler {
    let log: RecordedLog
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.notice

    func log(event: LogEvent) { log.add("\(event.level): \(event.message)") }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }
  }
}
