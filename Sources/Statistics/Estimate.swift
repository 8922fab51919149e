/// A figure, or the reason why the data give none.
package enum Estimate<Value: Sendable & Equatable>: Sendable, Equatable {
  case estimated(Value)
  /// A sentence without a full stop, such as `no sample has the label 1`.
  case notEstimable(String)

  /// nil where there is none.
  package var value: Value? {
    guard case .estimated(let value) = self else { return nil }
    return value
  }

  /// nil where there is a value.
  package var reason: String? {
    guard case .notEstimable(let reason) = self else { return nil }
    return reason
  }

  /// What `transform` makes of the value; the reason stays.
  package func map<Other: Sendable & Equatable>(_ transform: (Value) -> Other) -> Estimate<Other> {
    switch self {
    case .estimated(let value): .estimated(transform(value))
    case .notEstimable(let reason): .notEstimable(reason)
    }
  }
}

extension Estimate<Double> {
  /// A quotient, or the reason where its denominator is 0.
  static func ratio(_ numerator: Double, _ denominator: Double, else reason: String) -> Estimate {
    denominator == 0 ? .notEstimable(reason) : .estimated(numerator / denominator)
  }
}

private enum EstimateKey: String, CodingKey {
  case value, reason
}

extension Estimate: Encodable where Value: Encodable {
  /// `{"value": 0.5}`, or `{"value": null, "reason": "..."}`.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: EstimateKey.self)
    switch self {
    case .estimated(let value): try container.encode(value, forKey: .value)
    case .notEstimable(let reason):
      try container.encodeNil(forKey: .value)
      try container.encode(reason, forKey: .reason)
    }
  }
}

extension Estimate: Decodable where Value: Decodable {
  /// Reads what `encode` wrote.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: EstimateKey.self)
    if let value = try container.decodeIfPresent(Value.self, forKey: .value) {
      self = .estimated(value)
    } else {
      self = .notEstimable(try container.decode(String.self, forKey: .reason))
    }
  }
}

/// A 95 % interval.
package struct Interval: Sendable, Equatable, Codable {
  package var lower: Double
  package var upper: Double

  package init(lower: Double, upper: Double) { (self.lower, self.upper) = (lower, upper) }
}
