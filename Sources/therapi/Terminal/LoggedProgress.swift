import Logging
import Runs

/// Logs the progress of a run where there is no terminal to draw it on: each step, and each tenth of an input.
final class LoggedProgress: RunProgress {
  private let logger: Logger
  private var name = ""
  private var tenth = 0

  init(_ logger: Logger) { self.logger = logger }

  func advance(_ name: String, done: Int, total: Int) {
    if name != self.name {
      (self.name, tenth) = (name, 0)
      logger.info("reading \(name)")
    }
    guard total > 0, done * 10 / total > tenth else { return }
    tenth = done * 10 / total
    logger.info("read \(tenth * 10) % of \(name)")
  }

  func begin(_ step: String) { logger.info("\(step)") }
}
