import Foundation
import Logging
import Runs
import Statistics
import TestSupport
import Testing

@testable import Prediction

@Suite("A run of all folds")
struct PredictorRunTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(
    _ name: String, _ settings: PredictorSettings = ExampleData.settings(), lanes: Int = 1
  ) -> PredictorRun {
    PredictorRun(
      .paper, settings, output: folder.file(name), lanes: lanes,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  /// Every file of a folder by its name, hidden ones too.
  private func content(_ name: String) throws -> [String: Data] { try Self.content(of: folder.file(name)) }

  private static func content(of folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
      files[file] = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)"))
    }
    return files
  }

  /// A run on one lane that nobody disturbs, made once: its report, and its files as `content` gives them.
  private static let whole = Result {
    let tests = try PredictorRunTests()
    let report = try tests.run("whole").run(ExampleData.source())
    return (report: report, content: try tests.content("whole"))
  }

  /// Puts the files of that run into a folder.
  private func putWhole(into name: String) throws {
    try FileManager.default.createDirectory(atPath: folder.file(name), withIntermediateDirectories: true)
    for (file, bytes) in try Self.whole.get().content {
      try bytes.write(to: URL(fileURLWithPath: "\(folder.file(name))/\(file)"))
    }
  }

  @Test("writes a predictor a fold, the splits, the curves and what each pair was given")
  func writes() throws {
    try putWhole(into: "run")
    let (report, content) = try Self.whole.get()
    #expect(
      content.keys.sorted() == [
        "curves.csv", "fold-00.safetensors", "fold-01.safetensors", "fold-02.safetensors", "predictions.csv",
        "run.json", "splits.csv",
      ])
    let record = try RunRecord(reading: RunFolder(folder.file("run")))
    #expect(record == report.run)
    #expect(record.folds.map(\.fold) == [0, 1, 2] && record.pairs == 240 && record.drugs.count == 8)
    #expect(record.folds.map(\.stoppingFold) == [1, 2, 0])
    let rows = try #require(content["predictions.csv"].map { String(decoding: $0, as: UTF8.self) })
      .split(separator: "\n")
    #expect(rows.count == 241 && rows[0] == "sample,drug,label,fold,logit")
    let right = rows.dropFirst().count { row in
      let fields = row.split(separator: ",")
      return (Float(fields[4]) ?? 0 > 0) == (fields[2] == "1")
    }
    let counted = record.folds.reduce(0.0) { $0 + ($1.test.metrics[.accuracy]?.value ?? 0) * Double($1.test.pairs) }
    #expect(Double(right) == counted.rounded())
  }

  @Test("gives the same bytes on one lane and on two, and again where it is whole")
  func again() throws {
    try putWhole(into: "one")
    _ = try run("two", lanes: 2).run(ExampleData.source())
    let first = try content("one")
    #expect(try content("two") == first)
    #expect(try run("one").run(ExampleData.source()).isUnchanged)
    #expect(try content("one") == first)
  }

  /// Cancels the task that it is used by, once it was told so often.
  private final class Canceller: RunProgress {
    private var left: Int
    init(after count: Int) { left = count }
    func begin(_ step: String) {}
    func advance(_ step: RunStep) {
      left -= 1
      if left == 0 { withUnsafeCurrentTask { $0?.cancel() } }
    }
  }

  @Test("ends in the same bytes where it was stopped", arguments: [1, 4, 6])
  func stopped(epochs: Int) async throws {
    let (path, settings) = (folder.file("part"), ExampleData.settings())
    let stopped = Task {
      let run = PredictorRun(
        .paper, settings, output: path, lanes: 1, progress: Canceller(after: epochs),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      _ = try run.run(ExampleData.source())
    }
    await #expect(throws: CancellationError.self) { try await stopped.value }
    #expect(try content("part").keys.contains { $0.hasSuffix(".training") })
    #expect(try content("part")["run.json"] == nil)
    _ = try run("part").run(ExampleData.source())
    let (part, whole) = (try content("part"), try Self.whole.get().content)
    #expect(part == whole)
  }

  @Test("leaves the predictors of other data or settings alone, unless it is to begin anew")
  func otherRun() throws {
    try putWhole(into: "run")
    let first = try content("run")
    var settings = ExampleData.settings()
    settings.seed = 8
    let error = #expect(throws: PredictionError.self) { try run("run", settings).run(ExampleData.source()) }
    #expect(error?.kind == .checkpoint)
    #expect(throws: PredictionError.self) { try run("run").run(ExampleData.source(ExampleData.make(seed: 2))) }
    #expect(try content("run") == first)
    _ = try run("run", settings).run(ExampleData.source(), restarts: true)
    #expect(try RunRecord(reading: RunFolder(folder.file("run"))).settings.seed == 8)
  }

  @Test("refuses a folder in which another works")
  func locked() throws {
    try FileManager.default.createDirectory(atPath: folder.file("run"), withIntermediateDirectories: true)
    let held = try HeldFile(folder.file("run/run.json"))
    let error = #expect(throws: PredictionError.self) { try run("run").run(ExampleData.source()) }
    #expect(error?.kind == .locked)
    withExtendedLifetime(held) {}
  }

  @Test("quotes names that a table would take apart")
  func quotes() {
    let pairs = TrainingPairs(
      samples: ["a,\"b\""], drugs: ["5-FU"], tissues: [""],
      pairs: [(0, 0, 1), (0, 0, 1), (0, 0, 0)])
    let text = RunTables.splits(pairs, FoldPlan(folds: 3, foldOf: [0, 1, 2]))
    #expect(text.split(separator: "\n").last == "\"a,\"\"b\"\"\",5-FU,0,2")
  }

  @Test("takes settings by name, within their ranges")
  func settings() throws {
    var settings = ExampleData.settings()
    for text in ["batch-size=64", "learning-rate=0.01", "dropout=0.2", "head=reference", "folds=5"] {
      try settings.set(text)
    }
    #expect(settings.batchSize == 64 && settings.learningRate == 0.01 && settings.dropout == 0.2)
    #expect(settings.head == .reference && settings.folds == 5)
    for text in ["batch-size=1", "colour=red", "epochs", "learning-rate=-1", "dropout=1", "folds=2"] {
      #expect(throws: PredictionError.self) { try settings.set(text) }
    }
  }
}
