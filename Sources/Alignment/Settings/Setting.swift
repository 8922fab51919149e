import Configurations

/// One setting: its name, and how it is read from a configuration and held in the header of a checkpoint.
struct Setting: Sendable {
  let name: String
  /// Reads the value that a configuration gives.
  let read: @Sendable (ConfigurationNode, inout AlignerSettings) throws -> Void
  /// The value as text; nil: off.
  let text: @Sendable (AlignerSettings) -> String?
  /// Takes a value back from its text, nil being off; false if it is none.
  let parse: @Sendable (String?, inout AlignerSettings) -> Bool

  /// Every setting, each once.
  static let all: [Setting] = [
    .whole("latent-size", \.latentSize, in: 1...4096),
    .number("reconstruction-weight", \.reconstructionWeight),
    .number("classification-weight", \.classificationWeight),
    .number("center-weight", \.centerWeight),
    .word("score-scaling", \.scoreScaling),
    .word("reconstruction-loss", \.reconstructionLoss),
    .word("center-loss", \.centerLoss),
    .word("centers", \.centers),
    .whole("seed", \.seed, in: 0...0xFFFF_FFFF),
    .whole("epochs", \.epochs, in: 1...1_000_000),
    .whole("batch-size", \.batchSize, in: 1...1_000_000),
    .number("learning-rate", \.learningRate, isAboveZero: true),
    .number("weight-decay", \.weightDecay),
    .word("schedule", \.schedule),
    .patience,
    .tissue,
    .word("standardisation", \.standardisation),
  ]
}

extension Setting {
  private typealias Path<Value> = WritableKeyPath<AlignerSettings, Value> & Sendable

  private static func whole(_ name: String, _ path: Path<Int>, in range: ClosedRange<Int>) -> Setting {
    Setting(name: name) {
      $1[keyPath: path] = try $0.integer(in: range)
    } text: {
      "\($0[keyPath: path])"
    } parse: { text, settings in
      guard let value = text.flatMap({ Int($0) }), range.contains(value) else { return false }
      settings[keyPath: path] = value
      return true
    }
  }

  /// A number that is not negative.
  private static func number(_ name: String, _ path: Path<Double>, isAboveZero: Bool = false) -> Setting {
    @Sendable func isFit(_ value: Double) -> Bool { value.isFinite && (isAboveZero ? value > 0 : value >= 0) }
    return Setting(name: name) { node, settings in
      let value = try node.number()
      guard isFit(value) else {
        throw node.error(
          "\(value) is \(isAboveZero ? "not above 0" : "below 0")",
          remedy: "write a number \(isAboveZero ? "above 0" : "from 0 on")")
      }
      settings[keyPath: path] = value
    } text: {
      "\($0[keyPath: path])"
    } parse: { text, settings in
      guard let value = text.flatMap({ Double($0) }), isFit(value) else { return false }
      settings[keyPath: path] = value
      return true
    }
  }

  private static func word<Word: RawRepresentable & CaseIterable & SendableMetatype>(_ name: String, _ path: Path<Word>)
    -> Setting
  where Word.RawValue == String {
    Setting(name: name) {
      $1[keyPath: path] = try $0.word(Word.self)
    } text: {
      $0[keyPath: path].rawValue
    } parse: { text, settings in
      guard let word = text.flatMap({ Word(rawValue: $0) }) else { return false }
      settings[keyPath: path] = word
      return true
    }
  }

  private static let patience = Setting(name: "patience") {
    $1.patience = try $0.integer(in: 1...1_000_000)
  } text: {
    $0.patience.map(String.init)
  } parse: { text, settings in
    settings.patience = text.flatMap { Int($0) }
    return text == nil || settings.patience.map { $0 > 0 } == true
  }

  private static let tissue = Setting(name: "tissue") {
    $1.tissue = try TissueMap.tissue($0)
  } text: {
    $0.tissue
  } parse: { text, settings in
    settings.tissue = text
    return text.map(TissueMap.isTissue) ?? true
  }
}
