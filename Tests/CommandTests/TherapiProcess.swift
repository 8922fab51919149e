import Foundation
import TestSupport
import Testing

/// The built program, run as users run it.
struct TherapiProcess {
  let code: Int32
  /// Whether a signal ended it, whose number is then `code`.
  let isKilled: Bool
  let output: String
  let errors: String

  /// The program beside the bundle of tests.
  static func path() throws -> String {
    let bundle = Bundle.main.bundleURL
    let folder = bundle.pathExtension == "xctest" ? bundle.deletingLastPathComponent() : bundle
    let path = folder.appendingPathComponent("therapi").path
    try #require(FileManager.default.isExecutableFile(atPath: path), "build the product therapi first: no \(path)")
    return path
  }

  /// Runs `therapi` with arguments in a folder, to its end; `whileRunning` is called with the process id.
  static func run(
    _ arguments: [String], in folder: String, whileRunning: (Int32) throws -> Void = { _ in }
  ) throws -> TherapiProcess {
    try launch(URL(fileURLWithPath: path()), arguments, in: folder, whileRunning)
  }

  /// Runs a line of bash, with the program as `$THERAPI`.
  static func shell(_ line: String, in folder: String) throws -> TherapiProcess {
    try launch(URL(fileURLWithPath: "/bin/bash"), ["-c", line], in: folder) { _ in }
  }

  private static func launch(
    _ program: URL, _ arguments: [String], in folder: String, _ whileRunning: (Int32) throws -> Void
  ) throws -> TherapiProcess {
    let scratch = try TemporaryFolder()
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = [
      "PATH": "/usr/bin:/bin", "THERAPI": try path(), "COLUMNS": "80",
      "LD_LIBRARY_PATH": ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] ?? "",
    ]
    process.standardInput = FileHandle.nullDevice
    // Files rather than pipes, which fill up.
    let handles = try ["output", "errors"].map { name in
      try #require(FileManager.default.createFile(atPath: scratch.file(name), contents: nil))
      return try #require(FileHandle(forWritingAtPath: scratch.file(name)))
    }
    (process.standardOutput, process.standardError) = (handles[0], handles[1])
    try process.run()
    try whileRunning(process.processIdentifier)
    process.waitUntilExit()
    return TherapiProcess(
      code: process.terminationStatus, isKilled: process.terminationReason == .uncaughtSignal,
      output: try String(contentsOfFile: scratch.file("output"), encoding: .utf8),
      errors: try String(contentsOfFile: scratch.file("errors"), encoding: .utf8))
  }

  /// Standard output as the one JSON document that it must be.
  func document() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
  }
}
