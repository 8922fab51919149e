import Logging
import Runs

/// Logs the progress of a run where there is no terminal to draw it on: each step, and each tenth of an input.
final class LoggedProgress: RunProgress {
  private let logger: Logger
  private var name = ""
  private var tenth = 0

  init(_ logger: Logger) { self.logger = logger }

  func advance(_ step: RunStep) {
    if step.name != name {
      (name, tenth) = (step.name, 0)
      logger.info("\(step.isReading ? "reading " : "")\(name)")
    }
    guard step.total > 0, step.done * 10 / step.total > tenth else { return }
    tenth = step.done * 10 / step.total
    let detail = step.detail.isEmpty ? "" : ": \(step.detail)"
    logger.info("\(step.isReading ? "read " : "")\(tenth * 10) % of \(name)\(detail)")
  }

  func begin(_ step: String) { logger.info("\(step)") }
}

extension RunStep {
  /// Whether it is an input that is read.
  fileprivate var isReading: Bool { unit == .bytes }
}
