import Problems

/// What is wrong with a configuration, with file:line:column.
package struct ConfigurationError: Problem, Equatable {
  package var place: Place?
  package var cause: String
  package var remedy: String?

  package init(at place: Place?, _ cause: String, remedy: String? = nil) {
    self.place = place
    self.cause = cause
    self.remedy = remedy
  }

  package var origin: Origin { .input }
}
