import Logging

/// Writes log lines to standard error, with the progress line out of their way.
struct TerminalLogHandler: LogHandler {
  private var base: StreamLogHandler
  private let progress: TerminalProgress

  init(label: String, progress: TerminalProgress) {
    base = .standardError(label: label)
    self.progress = progress
  }

  func log(event: LogEvent) {
    progress.clear()
    base.log(event: event)
  }

  var logLevel: Logger.Level {
    get { base.logLevel }
    set { base.logLevel = newValue }
  }

  var metadata: Logger.Metadata {
    get { base.metadata }
    set { base.metadata = newValue }
  }

  var metadataProvider: Logger.MetadataProvider? {
    get { base.metadataProvider }
    set { base.metadataProvider = newValue }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { base[metadataKey: key] }
    set { base[metadataKey: key] = newValue }
  }
}
