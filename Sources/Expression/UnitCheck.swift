import Problems

/// A unit, and the evidence for it that the store keeps.
package struct UnitFinding: Sendable, Equatable {
  package enum Confidence: String, Sendable {
    /// Declared, and nothing in the values speaks against it.
    case declared
    /// Arithmetic leaves no other unit: a floor, or sums of a million.
    case certain
    /// The other units would be implausible.
    case likely
  }

  package let unit: ExpressionUnit
  package let evidence: String
  package let confidence: Confidence
}

/// Holds a declared unit against the values.
package enum UnitCheck {
  /// The declared unit with its evidence; throws `ExpressionError` with the evidence where the values contradict it.
  package static func confirm(
    _ unit: ExpressionUnit, against evidence: ValueEvidence, at place: Place? = nil
  ) throws(ExpressionError) -> UnitFinding {
    try requireValues(evidence, at: place)
    if let objection = objection(to: unit, evidence) {
      throw ExpressionError(
        .contradiction, at: place, "declared \(unit), but \(objection.reason)",
        remedy: objection.instead.map { "if that is right, write expression.unit: \($0)" }
          ?? "set expression.unit to what the source says its values are")
    }
    return UnitFinding(unit: unit, evidence: evidence.summary, confidence: .declared)
  }

  static func requireValues(_ evidence: ValueEvidence, at place: Place?) throws(ExpressionError) {
    if evidence.infinite > 0 {
      throw ExpressionError(
        .unusableValues, at: place, "\(evidence.infinite) values are infinite",
        remedy: "a logarithm of 0 without a pseudocount does this; take the table before the logarithm")
    }
    if evidence.count == 0 {
      throw ExpressionError(.unusableValues, at: place, "there are no values among the rows that were read")
    }
  }

  /// Why the values cannot be in a unit, and the unit that they then seem to be in.
  struct Objection: Equatable {
    let reason: String
    var instead: ExpressionUnit?
  }

  static func objection(to unit: ExpressionUnit, _ evidence: ValueEvidence) -> Objection? {
    switch unit.quantity {
    case .zscore, .logRatio: centredObjection(to: unit, evidence)
    default:
      standardisedObjection(evidence) ?? (unit.transform == .none ? plainObjection : loggedObjection)(unit, evidence)
    }
  }

  private static func standardisedObjection(_ evidence: ValueEvidence) -> Objection? {
    guard evidence.isStandardised else { return nil }
    let ofRows = evidence.fractionOfStandardisedRows > 0.9
    let share = ofRows ? evidence.fractionOfStandardisedRows : evidence.fractionOfStandardisedSamples
    return Objection(
      reason:
        "\(percent(share)) of the \(ofRows ? "genes" : "samples") have mean 0 and standard deviation 1: these are z-scores",
      instead: ExpressionUnit(.zscore))
  }
}

// MARK: - Units without a logarithm

extension UnitCheck {
  private static func plainObjection(to unit: ExpressionUnit, _ evidence: ValueEvidence) -> Objection? {
    if let floor = floorObjection(to: unit, evidence) { return floor }
    let adjusted = unit.quantity == .normCount || unit.quantity == .intensity
    if evidence.negatives > 0, !adjusted, evidence.minimum < -0.001 {
      return Objection(
        reason:
          "\(percent(evidence.fractionNegative)) of the values are negative, down to \(short(Double(evidence.minimum)))"
      )
    }
    if evidence.looksLogged, evidence.count >= 1_000, evidence.fractionInteger < 0.99 {
      return Objection(
        reason:
          "the largest of \(evidence.count) values is \(short(Double(evidence.maximum))): these look like logarithms")
    }
    return unit.quantity == .tpm ? millionObjection(evidence.sampleSumRange, evidence) : nil
  }

  /// Sums over a sample, of all genes or of some, never exceed a million in TPM; 2 % are left to rounding.
  private static func millionObjection(_ sums: ClosedRange<Double>?, _ evidence: ValueEvidence) -> Objection? {
    guard let sums, sums.upperBound > 1.02e6 else { return nil }
    return Objection(reason: "a sample sums to \(short(sums.upperBound)), and TPM sum to a million")
  }
}

// MARK: - Logarithms

extension UnitCheck {
  private static func loggedObjection(to unit: ExpressionUnit, _ evidence: ValueEvidence) -> Objection? {
    if !evidence.looksLogged {
      return Objection(
        reason: "the largest value is \(short(Double(evidence.maximum))): these are no logarithms",
        instead: ExpressionUnit(unit.quantity))
    }
    if let floor = floorObjection(to: unit, evidence) { return floor }
    guard unit.quantity.hasZeros else { return nil }
    // Batch adjustment pushes normalised counts below 0; in the others nothing lies below the floor but rounding.
    if unit.quantity != .normCount, Double(evidence.minimum) < unit.floor - 1e-3 {
      return Objection(
        reason: "the minimum is \(short(Double(evidence.minimum))), below "
          + "\(unit.transform.rawValue)(\(short(unit.pseudocount))) = \(short(unit.floor))")
    }
    guard unit.quantity == .tpm else { return nil }
    if unit.quantity(of: evidence.maximum) > 1.02e6 {
      let highest = unit.transform(1e6 + unit.pseudocount)
      return Objection(
        reason: "the largest value is \(short(Double(evidence.maximum))), above \(short(highest)) for a million TPM")
    }
    return unit.transform == .log2
      ? millionObjection(evidence.unloggedSumRange(pseudocount: unit.pseudocount), evidence) : nil
  }

  /// The smallest value, held by many, is the logarithm of another pseudocount.
  private static func floorObjection(to unit: ExpressionUnit, _ evidence: ValueEvidence) -> Objection? {
    let held = "held by \(percent(evidence.fractionAtMinimum)) of the values"
    if let floor = evidence.logFloor, floor != LogFloor(transform: unit.transform, pseudocount: unit.pseudocount) {
      let quantity = unit.quantity.hasZeros ? unit.quantity : .tpm
      let instead = ExpressionUnit(quantity, floor.transform, pseudocount: floor.pseudocount)
      return Objection(
        reason: "the minimum is \(short(Double(evidence.minimum))) = \(floor.text), \(held): this is \(instead)",
        instead: instead)
    }
    if evidence.hasZeroFloor, unit.transform != .none, unit.quantity.hasZeros, unit.pseudocount != 1 {
      let instead = ExpressionUnit(unit.quantity, unit.transform, pseudocount: 1)
      return Objection(
        reason: "the minimum is 0 = \(unit.transform.rawValue)(1), \(held): this is \(instead)", instead: instead)
    }
    return nil
  }
}

// MARK: - Centred values

extension UnitCheck {
  private static func centredObjection(to unit: ExpressionUnit, _ evidence: ValueEvidence) -> Objection? {
    if let floor = evidence.logFloor {
      return Objection(
        reason: "the minimum is \(short(Double(evidence.minimum))) = \(floor.text), held by "
          + "\(percent(evidence.fractionAtMinimum)) of the values: these are logarithms with a pseudocount")
    }
    if evidence.negatives == 0 {
      return Objection(reason: "no value is negative; the smallest is \(short(Double(evidence.minimum)))")
    }
    if evidence.fractionNegative < 0.05 {
      return Objection(reason: "no more than \(percent(evidence.fractionNegative)) of the values are negative")
    }
    // Either lies about 0; a table of some genes, or of another group's samples, is off by little more than its spread.
    if abs(evidence.mean) > 2 * max(1, evidence.standardDeviation) {
      return Objection(reason: "the mean is \(short(evidence.mean)), far from 0")
    }
    if unit.quantity == .logRatio, !evidence.looksLogged {
      return Objection(reason: "the largest value is \(short(Double(evidence.maximum))): these are no logarithms")
    }
    return nil
  }
}
