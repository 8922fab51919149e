import Problems

/// The first step of a conversion that needs every gene of a sample: sums of the quantities, by length where given.
package struct GeneSums: Sendable {
  package let conversion: Conversion
  /// By sample; quantities below 0 count as 0, missing ones not at all.
  package private(set) var sums: [Double]
  /// Genes that were added.
  package private(set) var genes = 0

  package init(_ conversion: Conversion, samples: Int) {
    precondition(conversion.need != .nothing, "\(conversion.note) needs no sums")
    self.conversion = conversion
    sums = Array(repeating: 0, count: samples)
  }

  /// Adds one gene's values in the source's unit, with its length in bases where the conversion needs lengths.
  package mutating func add(row: UnsafeBufferPointer<Float>, length: Double? = nil) {
    precondition(row.count == sums.count, "a row of \(row.count) values for \(sums.count) samples")
    precondition((length != nil) == (conversion.need == .sumsAndLengths), "a length where \(conversion.need) is needed")
    precondition(length.map { $0 > 0 } ?? true, "a gene of \(length ?? 0) bases")
    let perBase = length.map { 1 / $0 } ?? 1
    for (sample, value) in row.enumerated() where !value.isNaN {
      sums[sample] += max(0, conversion.source.quantity(of: value)) * perBase
    }
    genes += 1
  }

  /// Adds the sums of other genes of the same samples.
  package mutating func merge(_ other: GeneSums) {
    precondition(sums.count == other.sums.count && conversion == other.conversion, "sums of another table")
    for sample in sums.indices { sums[sample] += other.sums[sample] }
    genes += other.genes
  }

  /// What makes a sample's quantities TPM; throws `ExpressionError` for a sample without any.
  package func scales(at place: Place? = nil) throws(ExpressionError) -> [Double] {
    for (sample, sum) in sums.enumerated() where !(sum > 0) || sum == .infinity {
      throw ExpressionError(
        .unusableValues, at: place,
        "the genes of sample \(sample + 1) sum to \(sum), so they cannot be scaled to a million",
        remedy: "leave the sample out")
    }
    return sums.map { 1e6 / $0 }
  }
}
