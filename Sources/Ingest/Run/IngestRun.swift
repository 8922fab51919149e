import Cohorts
import Logging

/// One run of a configuration: from the portals' files to a cohort in memory, and to its store.
package struct IngestRun {
  package let configuration: IngestConfiguration
  package let progress: (any ProgressReporting)?
  package let logger: Logger

  package init(_ configuration: IngestConfiguration, progress: (any ProgressReporting)? = nil, logger: Logger) {
    self.configuration = configuration
    self.progress = progress
    self.logger = logger
  }
}
