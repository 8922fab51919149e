import ArgumentParser
import Exchange
import Report

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Make one HTML page of a study's results.",
    discussion: """
      `therapi run` makes the page itself, and leaves its content in report.json. This makes the page again, for \
      example with a corrected title or more patients in it. The page needs no network and no other file.

      Examples:
        therapi report results/report.json
        therapi report results/report.json --pairs 2000000 -o whole.html
      """)

  @Argument(help: "The content, a JSON file.", completion: .file(extensions: ["json"]))
  var content: String

  @Option(help: "Most predictions that the page holds itself; each takes 8 bytes.")
  var pairs = PageBudget().pairs

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The page to write (default: beside the content, ending in .html).", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var output: String?

  func validate() throws {
    guard pairs > 0 else { throw ValidationError("--pairs must be at least 1.") }
  }

  func run() throws {
    let page = try ReportPage(ReportFile.read(content), budget: PageBudget(pairs: pairs))
    let base = content.hasSuffix(".json") ? String(content.dropLast(5)) : content
    let target = output ?? "\(base).html"
    try TextFile.write(page.html(), to: target)
    try Output.write("\(target)\n")
  }
}
