import ArgumentParser
import Glibc
import Problems

/// Runs the command that the arguments name, and ends with its exit code.
@main
enum Program {
  static func main() async {
    // A reader that goes away, as in `| head`, ends the program quietly, whatever a parent has set.
    signal(SIGPIPE, SIG_DFL)
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      var command = try Therapi.parseAsRoot(arguments)
      let work = Task { try command.run() }
      let interruption = Interruption(of: work)
      let result = await work.result
      interruption.endIfReceived()
      try result.get()
    } catch {
      let failure = Failure(error)
      failure.report(asJSON: arguments.prefix { $0 != "--" }.contains("--json"))
      exit(failure.code)
    }
  }
}
