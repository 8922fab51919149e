/// Where a run tells how far it is; the program decides whether and how to show it.
package protocol RunProgress: AnyObject {
  /// So much of a step is done.
  func advance(_ step: RunStep)
  /// A step without a measure begins.
  func begin(_ step: String)
}

/// A step of a run, and how much of it is done.
package struct RunStep: Sendable, Equatable {
  /// What is counted.
  package enum Unit: Sendable, Equatable {
    case bytes
    /// Things, by their plural.
    case things(String)
  }

  /// What is worked on: the name of a file, or what is done.
  package var name: String
  package var done: Int
  /// 0 where it is not known.
  package var total: Int
  package var unit: Unit
  /// What else there is to see, such as a loss.
  package var detail: String

  package init(_ name: String, done: Int, total: Int, unit: Unit, detail: String = "") {
    (self.name, self.done, self.total, self.unit, self.detail) = (name, done, total, unit, detail)
  }
}

extension RunProgress {
  /// `done` of `total` bytes of the input called `name` are read.
  package func advance(_ name: String, done: Int, total: Int) {
    advance(RunStep(name, done: done, total: total, unit: .bytes))
  }
}
