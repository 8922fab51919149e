import Problems

extension PredictorSettings {
  /// Replaces a setting by its text, `name=value`; throws `PredictionError` `.settings` for an unknown name or a value
  /// out of its range.
  package mutating func set(_ text: String) throws {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let setting = Self.settable.first(where: { $0.name == parts[0] }) else {
      throw PredictionError(
        .settings, at: Place("--set \(text)"), "sets nothing",
        remedy: "write --set name=value with one of \(Self.settable.map(\.name).joined(separator: ", "))")
    }
    guard setting.take(parts[1], &self) else {
      throw PredictionError(.settings, at: Place("--set \(text)"), "is out of range", remedy: setting.range)
    }
  }

  private struct Settable: Sendable {
    let name: String
    let range: String
    /// False for a text that is no value of it.
    let take: @Sendable (String, inout PredictorSettings) -> Bool

    static func whole(
      _ name: String, _ path: WritableKeyPath<PredictorSettings, Int> & Sendable, in range: ClosedRange<Int>
    ) -> Settable {
      Settable(name: name, range: "write a whole number from \(range.lowerBound) to \(range.upperBound)") {
        guard let value = Int($0), range.contains(value) else { return false }
        $1[keyPath: path] = value
        return true
      }
    }
  }

  private static let settable: [Settable] = [
    .whole("batch-size", \.batchSize, in: 2...1_000_000), .whole("epochs", \.epochs, in: 1...1_000_000),
    .whole("folds", \.folds, in: 3...100), .whole("patience", \.patience, in: 1...1_000_000),
    .whole("seed", \.seed, in: 0...0xFFFF_FFFF),
    Settable(name: "learning-rate", range: "write a number above 0") {
      guard let rate = Double($0), rate.isFinite, rate > 0 else { return false }
      $1.learningRate = rate
      return true
    },
    Settable(name: "dropout", range: "write a number from 0 to below 1") {
      guard let rate = Float($0), (0..<1).contains(rate) else { return false }
      $1.dropout = rate
      return true
    },
    Settable(name: "head", range: "write paper or reference") {
      guard let head = PredictorHead(rawValue: $0) else { return false }
      $1.head = head
      return true
    },
  ]
}
