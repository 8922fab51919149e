import Problems

/// Tells a table's unit from its values where none is declared, and refuses to guess.
package enum UnitDetection {
  /// The only unit that fits; throws `ExpressionError` naming the units where several do, or none.
  package static func unit(
    of evidence: ValueEvidence, at place: Place? = nil
  ) throws(ExpressionError) -> UnitFinding {
    try UnitCheck.requireValues(evidence, at: place)
    let fitting = findings(evidence)
    if fitting.count == 1 { return fitting[0] }
    let names = fitting.map(\.unit.description).joined(separator: " and ")
    throw ExpressionError(
      .undecided, at: place,
      (fitting.isEmpty ? "no known unit fits the values: " : "\(names) fit the values: ") + evidence.summary,
      remedy: "set expression.unit in the configuration to what the source says its values are")
  }

  /// Every unit that the values allow, best known first.
  static func findings(_ evidence: ValueEvidence) -> [UnitFinding] {
    if evidence.isStandardised {
      return [certain(ExpressionUnit(.zscore), "mean 0 and standard deviation 1", evidence)]
    }
    if let floor = evidence.logFloor {
      return sequenced(floor.transform, pseudocount: floor.pseudocount, "the minimum is \(floor.text)", evidence)
    }
    if evidence.negatives > 0 { return withNegatives(evidence) }
    if evidence.looksLogged, evidence.fractionInteger < 0.99 { return logged(evidence) }
    return plain(evidence)
  }

  /// TPM if a sample's genes sum to a million, otherwise whatever sequencing gives and the range allows.
  private static func sequenced(
    _ transform: ExpressionUnit.Transform, pseudocount: Double, _ reason: String, _ evidence: ValueEvidence
  ) -> [UnitFinding] {
    let sums =
      switch transform {
      case .none: evidence.coversAllGenes ? evidence.sampleSumRange : nil
      case .log2: evidence.unloggedSumRange(pseudocount: pseudocount)
      case .ln, .log10: ClosedRange<Double>?.none
      }
    if let sums, sums.lowerBound > 0.98e6, sums.upperBound < 1.02e6 {
      let unit = ExpressionUnit(.tpm, transform, pseudocount: pseudocount)
      return [certain(unit, "\(reason), and every sample sums to a million", evidence)]
    }
    // What does not sum to a million over all genes is no TPM.
    let quantities: [ExpressionUnit.Quantity] = sums == nil ? [.tpm, .fpkm, .normCount] : [.fpkm, .normCount]
    let units = quantities.map { ExpressionUnit($0, transform, pseudocount: pseudocount) }
    // Above a million neither TPM nor FPKM has values, and normalised counts are not published with another pseudocount.
    let possible = units.filter { unit in
      if unit.quantity == .normCount { return transform == .none || pseudocount == 1 }
      return unit.quantity(of: evidence.maximum) <= 1.02e6 && UnitCheck.objection(to: unit, evidence) == nil
    }
    return possible.map { likely($0, reason, evidence) }
  }

  private static func logged(_ evidence: ValueEvidence) -> [UnitFinding] {
    let intensity = ExpressionUnit(.intensity, .log2)
    if evidence.hasZeroFloor { return sequenced(.log2, pseudocount: 1, "the minimum is 0 = log2(1)", evidence) }
    if evidence.minimum >= 1, evidence.maximum <= 20 {
      return [likely(intensity, "no gene is near 0, as on a microarray", evidence)]
    }
    return sequenced(.log2, pseudocount: 1, "logarithms from 0", evidence) + [likely(intensity, "logarithms", evidence)]
  }

  private static func plain(_ evidence: ValueEvidence) -> [UnitFinding] {
    if evidence.fractionInteger >= 0.99 { return [certain(ExpressionUnit(.counts), "whole numbers", evidence)] }
    if evidence.fractionInteger > 0.5 {
      return [likely(ExpressionUnit(.counts), "mostly whole numbers, as RSEM's expected counts", evidence)]
    }
    if evidence.zeros == 0, evidence.rows >= 10_000 {
      return [likely(ExpressionUnit(.intensity), "no gene is 0, as on a microarray", evidence)]
    }
    let found = sequenced(.none, pseudocount: 0, "not logged", evidence)
    return evidence.hasZeroFloor || found.first?.confidence == .certain
      ? found : found + [likely(ExpressionUnit(.intensity), "not logged", evidence)]
  }

  private static func withNegatives(_ evidence: ValueEvidence) -> [UnitFinding] {
    let few = evidence.fractionNegative < 0.1
    if !evidence.looksLogged {
      // Adjustment for batches leaves few values below 0, and those near it; no scanner reaches 2^17.
      guard few else {
        return [
          likely(ExpressionUnit(.zscore), "both signs", evidence), likely(ExpressionUnit(.intensity), "", evidence),
        ]
      }
      let units = [ExpressionUnit(.normCount)] + (evidence.maximum < 131_072 ? [ExpressionUnit(.intensity)] : [])
      return units.map { likely($0, "few negative values under large ones, as after adjustment for batches", evidence) }
    }
    if few, evidence.mean > evidence.standardDeviation {
      let units = [ExpressionUnit.log2NormCount] + (evidence.maximum < 17 ? [ExpressionUnit(.intensity, .log2)] : [])
      return units.map { likely($0, "logarithms, few negative, as after adjustment for batches", evidence) }
    }
    return [ExpressionUnit(.zscore), ExpressionUnit(.logRatio)].filter { UnitCheck.objection(to: $0, evidence) == nil }
      .map { likely($0, "values about 0", evidence) }
  }

  private static func certain(_ unit: ExpressionUnit, _ reason: String, _ evidence: ValueEvidence) -> UnitFinding {
    UnitFinding(unit: unit, evidence: "\(reason); \(evidence.summary)", confidence: .certain)
  }

  private static func likely(_ unit: ExpressionUnit, _ reason: String, _ evidence: ValueEvidence) -> UnitFinding {
    UnitFinding(unit: unit, evidence: "\(reason); \(evidence.summary)", confidence: .likely)
  }
}
