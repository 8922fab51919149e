import ArgumentParser

/// How many threads a command computes on.
struct ThreadOptions: ParsableArguments {
  @Option(name: .customLong("threads"), help: "Threads to compute on, 1 or 2; the result is the same bits.")
  var count = 2

  func validate() throws {
    guard (1...2).contains(count) else { throw ValidationError("--threads must be 1 or 2.") }
  }
}

/// Whether a command reports as a page for people or as one JSON document.
struct ReportOptions: ParsableArguments {
  @Flag(name: .customLong("json"), help: "Report as JSON, with everything and nothing shortened.")
  var isJSON = false

  /// Writes a report to standard output.
  func write(_ report: some Encodable, text: @autoclosure () -> String) throws {
    try isJSON ? Output.write(json: report) : Output.write(text())
  }
}
