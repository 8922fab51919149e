import Files
import Logging
import Runs

/// The steps of a study in an order in which they can be done, and which of them have to be.
///
/// A step is current if it was done with the inputs that it has now, results of other steps among them, and if what it
/// made is still there. So a step that is done again and comes to the same result lets those after it be.
struct StepGraph {
  let steps: [StudyStep]

  init(_ steps: [StudyStep]) {
    var names: Set<String> = []
    for step in steps {
      precondition(step.needs.allSatisfy(names.contains), "\(step.name) stands before what it needs")
      precondition(names.insert(step.name).inserted, "two steps are called \(step.name)")
    }
    self.steps = steps
  }

  /// What would be done, and why; changes nothing.
  func plan(_ state: StudyState) throws -> [(name: String, decision: StepDecision)] {
    var decisions: [String: StepDecision] = [:]
    return try steps.map { step in
      let waits = step.needs.filter { decisions[$0]?.isCurrent != true }
      let decision =
        waits.isEmpty ? try decide(step, state) : Self.isKnown(step, state) ? .open(waits) : .due([Self.never])
      decisions[step.name] = decision
      return (step.name, decision)
    }
  }

  /// Does what has to be done, and calls `save` after each step; a run that is killed loses the step it was in, or the
  /// part of it that the step does not keep itself.
  func run(
    _ state: inout StudyState, progress: (any RunProgress)?, logger: Logger, save: (StudyState) throws -> Void
  ) throws -> [String] {
    var done: [String] = []
    for step in steps {
      try Task.checkCancellation()
      let decision = try decide(step, state)
      guard case .due(let reasons) = decision else { continue }
      logger.notice("step \(step.name): \(reasons.joined(separator: "; "))")
      let start = ContinuousClock.now
      try step.work()
      guard let result = try step.result() else {
        preconditionFailure("\(step.name) was done and left no result")
      }
      let inputs = try Self.joined(try (step.read ?? step.inputs)(), step, state)
      state.steps[step.name] = .init(
        inputs: inputs, result: result, seconds: (ContinuousClock.now - start) / .seconds(1))
      try save(state)
      done.append(step.name)
    }
    return done
  }

  private static let never = "it was never done"

  private static func isKnown(_ step: StudyStep, _ state: StudyState) -> Bool { state.steps[step.name] != nil }

  private func decide(_ step: StudyStep, _ state: StudyState) throws -> StepDecision {
    guard let entry = state.steps[step.name] else { return .due([Self.never]) }
    let now = try Self.joined(try step.inputs(), step, state)
    var reasons = Set(now.keys).union(entry.inputs.keys).sorted().compactMap { key -> String? in
      switch (entry.inputs[key], now[key]) {
      case (nil, _): "'\(key)' is new"
      case (_, nil): "'\(key)' is there no more"
      case (let before, let after): before == after ? nil : "'\(key)' has changed"
      }
    }
    switch try step.result() {
    case nil: reasons.append("what it made is not there, or is stale")
    case entry.result: break
    case .some: reasons.append("what it made has been changed")
    }
    return reasons.isEmpty ? .current : .due(reasons)
  }

  /// A step's inputs with the results of the steps that it needs; long texts by their SHA-256.
  private static func joined(
    _ inputs: [String: String], _ step: StudyStep, _ state: StudyState
  ) throws -> [String: String] {
    var all = inputs.mapValues { $0.utf8.count > 100 ? SHA256.hex(of: $0.utf8) : $0 }
    for need in step.needs { all["result of \(need)"] = state.steps[need]?.result ?? "" }
    return all
  }
}
