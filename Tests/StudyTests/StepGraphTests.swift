import Foundation
import Logging
import TestSupport
import Testing

@testable import Study

/// Steps that write their inputs' texts into files, and count how often they are done.
private final class Workshop {
  let folder: TemporaryFolder
  var counts: [String: Int] = [:]
  var settings: [String: String] = ["first": "a", "second": "b", "third": "c"]
  /// The step that fails, as a kill would stop it.
  var failing: String?
  var state = StudyState()
  var saved = StudyState()

  struct Stop: Error {}

  init() throws { folder = try TemporaryFolder() }

  func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  private func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: path(name)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// `second` keeps the case of nothing: two settings that differ in case alone give one result.
  private func step(_ name: String, needs: [String] = []) -> StudyStep {
    StudyStep(
      name, needs: needs, inputs: { [unowned self] in ["setting": settings[name] ?? ""] },
      result: { [unowned self] in text(name) },
      work: { [unowned self] in
        if failing == name { throw Stop() }
        counts[name, default: 0] += 1
        let content = needs.compactMap(text).joined() + (settings[name] ?? "").lowercased()
        try content.write(toFile: path(name), atomically: true, encoding: .utf8)
      })
  }

  var graph: StepGraph {
    StepGraph([step("first"), step("second", needs: ["first"]), step("third", needs: ["first", "second"])])
  }

  @discardableResult
  func run() throws -> [String] {
    try graph.run(&state, progress: nil, logger: Logger(label: "test")) { saved = $0 }
  }
}

@Suite("Graph of a study's steps")
struct StepGraphTests {
  @Test("does every step once, and nothing where nothing changed")
  func once() throws {
    let shop = try Workshop()
    #expect(try shop.run() == ["first", "second", "third"])
    #expect(try shop.run().isEmpty)
    #expect(shop.counts == ["first": 1, "second": 1, "third": 1])
  }

  @Test("a changed setting redoes its step and those that use the result")
  func change() throws {
    let shop = try Workshop()
    try shop.run()
    shop.settings["second"] = "x"
    #expect(try shop.run() == ["second", "third"])
    #expect(
      FileManager.default.contents(atPath: shop.path("third")).map { String(decoding: $0, as: UTF8.self) } == "aaxc")
  }

  @Test("a step that comes to the same result lets those after it be")
  func cutOff() throws {
    let shop = try Workshop()
    try shop.run()
    shop.settings["first"] = "A"
    #expect(try shop.run() == ["first"])
    #expect(try shop.run().isEmpty)
  }

  @Test("what was taken away or changed is made again")
  func lost() throws {
    let shop = try Workshop()
    try shop.run()
    try FileManager.default.removeItem(atPath: shop.path("third"))
    #expect(try shop.run() == ["third"])
    try "other".write(toFile: shop.path("second"), atomically: true, encoding: .utf8)
    #expect(try shop.run() == ["second"])
  }

  @Test("a run that was stopped goes on at the step that was not done", arguments: ["first", "second", "third"])
  func stopped(step: String) throws {
    let shop = try Workshop()
    shop.failing = step
    #expect(throws: Workshop.Stop.self) { try shop.run() }
    let before = shop.counts
    shop.failing = nil
    // What a killed process has is what was saved.
    shop.state = shop.saved
    try shop.run()
    #expect(before.allSatisfy { shop.counts[$0.key] == $0.value })
    #expect(shop.counts == ["first": 1, "second": 1, "third": 1])
  }

  @Test("a plan says what would be done and why, and does nothing")
  func plan() throws {
    let shop = try Workshop()
    #expect(try shop.graph.plan(shop.state).allSatisfy { $0.decision == .due(["it was never done"]) })
    #expect(shop.counts.isEmpty)
    try shop.run()
    #expect(try shop.graph.plan(shop.state).allSatisfy(\.decision.isCurrent))
    shop.settings["second"] = "x"
    let plan = try shop.graph.plan(shop.state).map(\.decision)
    #expect(plan == [.current, .due(["'setting' has changed"]), .open(["second"])])
    #expect(shop.counts == ["first": 1, "second": 1, "third": 1])
  }
}

@Suite("State of a study")
struct StudyStateTests {
  @Test("what is written is read again; what is no state is none")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/state.json"
    #expect(StudyState(reading: path) == nil)
    var state = StudyState()
    state.steps["align"] = .init(inputs: ["a": "b"], result: "c", seconds: 1.5)
    try state.write(to: path)
    #expect(StudyState(reading: path) == state)
    try "{\"format\": \"therapi-study 9\"}".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(StudyState(reading: path) == nil)
  }

  @Test("a file is summed again only when it changed")
  func digests() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/input"
    try "abc".write(toFile: path, atomically: true, encoding: .utf8)
    let digests = FileDigests()
    // SHA-256 of "abc", from FIPS 180-4's examples.
    #expect(try digests.digest(of: path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    var known = digests.entries
    known[path]?.sha256 = "remembered"
    #expect(try FileDigests(known).digest(of: path) == "remembered")
    try "abcd".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try FileDigests(known).digest(of: path) != "remembered")
    #expect(throws: StudyError.self) { try digests.digest(of: "\(folder.path)/absent") }
  }
}
