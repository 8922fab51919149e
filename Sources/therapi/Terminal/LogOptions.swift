import ArgumentParser
import Glibc
import Logging
import Runs

extension Logger.Level: @retroactive ExpressibleByArgument {}

/// What a command that takes its time tells on standard error.
struct LogOptions: ParsableArguments {
  @Option(
    name: .customLong("log-level"),
    help: ArgumentHelp(
      """
      How much to log to standard error (default: notice at a terminal, which also shows progress; elsewhere \
      warning, and info shows progress).
      """, valueName: "level"))
  var level: Logger.Level?

  /// Where the command reports its progress, and its log.
  func start() -> (progress: any RunProgress, logger: Logger) {
    guard isatty(STDERR_FILENO) == 1 else {
      let logger = logger(StreamLogHandler.standardError(label: "therapi"), level ?? .warning)
      return (LoggedProgress(logger), logger)
    }
    let progress = TerminalProgress()
    return (progress, logger(TerminalLogHandler(label: "therapi", progress: progress), level ?? .notice))
  }

  private func logger(_ handler: any LogHandler, _ level: Logger.Level) -> Logger {
    var logger = Logger(label: "therapi") { _ in handler }
    logger.logLevel = level
    return logger
  }
}
