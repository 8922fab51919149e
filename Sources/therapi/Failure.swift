import ArgumentParser
import Foundation
import Inspection
import Problems

/// How the program ends after an error: what it says, and its exit code.
struct Failure {
  /// 2 where the input is at fault, 1 for failures of ours, 0 for help.
  let code: Int32
  /// What standard error shows; help goes to standard output.
  private let message: String
  private let document: Document?

  /// What `--json` shows of an error.
  struct Document: Encodable {
    var cause: String
    var remedy: String?
    var file: String?
    var line: Int?
    var field: String?
    var object: String?
    /// `input` or `program`.
    var origin: String
  }

  private static let input: Int32 = 2
  private static let program: Int32 = 1

  init(_ error: any Error) {
    switch error {
    case let problem as any Problem: self.init(problem)
    case let exit as ExitCode: self.init(code: exit.rawValue, message: "", document: nil)
    default: self.init(parsing: error)
    }
  }

  private init(code: Int32, message: String, document: Document?) {
    (self.code, self.message, self.document) = (code, message, document)
  }

  private init(_ problem: any Problem) {
    let isInput = problem.origin == .input
    let document = Document(
      cause: problem.cause, remedy: problem.remedy, file: problem.place?.file, line: problem.place?.line,
      field: problem.place?.field, object: problem.place?.object, origin: isInput ? "input" : "program")
    self.init(
      code: isInput ? Self.input : Self.program, message: "therapi: error: \(problem.description)\n",
      document: document)
  }

  /// An error of the argument parser, or a request for help that it treats as one.
  private init(parsing error: any Error) {
    let text = Therapi.fullMessage(for: error)
    switch Therapi.exitCode(for: error) {
    case .success: self.init(code: 0, message: text + "\n", document: nil)
    case .validationFailure:
      let told = text.hasPrefix("Error: ") ? String(text.dropFirst(7)) : text
      self.init(
        code: Self.input, message: "therapi: error: \(told)\n",
        document: Document(cause: Therapi.message(for: error), origin: "input"))
    default:
      self.init(
        code: Self.program, message: "therapi: error: \(error)\n",
        document: Document(cause: "\(error)", origin: "program"))
    }
  }

  /// Tells what happened; an error that cannot be told changes nothing about the exit code.
  func report(asJSON isJSON: Bool) {
    if code == 0 {
      do { try Output.write(message) } catch { exit(Self.program) }
      return
    }
    Output.complain(message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    guard isJSON, let document else { return }
    do { try Output.write(json: ["error": document]) } catch { exit(code) }
  }
}
