import Foundation
import Testing

@testable import Expression

@Suite("Converting to log2(TPM + 1)") struct ConversionTests {
  struct Golden {
    let unit: ExpressionUnit
    let length: Double?
    let values: [Float]
    let expected: [Float]
  }

  static func goldens() throws -> [[Golden]] {
    let path = try #require(Bundle.module.path(forResource: "Fixtures/conversion-numpy", ofType: "tsv"))
    var tables: [[Golden]] = []
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst() {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      let numbers = fields[2...].map { Float($0) ?? .nan }
      let unit = try ExpressionUnit(parsing: String(fields[0]))
      let row = Golden(
        unit: unit, length: Double(fields[1]), values: Array(numbers[..<3]), expected: Array(numbers[3...]))
      if tables.last?.last?.unit == unit { tables[tables.count - 1].append(row) } else { tables.append([row]) }
    }
    return tables
  }

  @Test("agrees with numpy's float64 to the last float32 bit, or one beside it")
  func numpy() throws {
    let tables = try Self.goldens()
    #expect(tables.count == 13)
    for table in tables {
      let conversion = try Conversion(from: table[0].unit, hasLengths: table[0].length != nil)
      #expect(conversion.target == .log2TPM)
      var scales: [Double]?
      if conversion.need != .nothing {
        var sums = GeneSums(conversion, samples: 3)
        for row in table { row.values.withUnsafeBufferPointer { sums.add(row: $0, length: row.length) } }
        scales = try sums.scales()
      }
      var clamped = Clamped()
      var total = [0.0, 0, 0]
      for row in table {
        var values = row.values
        values.withUnsafeMutableBufferPointer {
          conversion.convert($0, scales: scales, length: row.length, clamped: &clamped)
        }
        for sample in 0..<3 {
          // libm's log2 and numpy's may differ by one unit in the last place of a double, and round apart.
          #expect(abs(values[sample] - row.expected[sample]) <= row.expected[sample].ulp, "\(row.unit)")
          total[sample] += exp2(Double(values[sample])) - 1
        }
      }
      // float32 keeps 24 bits of logarithms below 20: 1e-6 of each value.
      if scales != nil { #expect(total.allSatisfy { abs($0 - 1e6) < 2 }) }
    }
  }

  @Test("clamps zeros that rounding put below 0, and counts them apart from adjusted values")
  func clamping() throws {
    var clamped = Clamped()
    var toil: [Float] = [-9.9658, -9.97, 3, .nan]
    let fromToil = try Conversion(from: ExpressionUnit(parsing: "log2(tpm + 0.001)"), hasLengths: false)
    toil.withUnsafeMutableBufferPointer { fromToil.convert($0, scales: nil, clamped: &clamped) }
    #expect(toil[..<2] == [0, 0])
    #expect(toil[3].isNaN)
    #expect(clamped.byRounding == 2)
    #expect(clamped.byAdjustment == 0)

    var adjusted: [Float] = [-0.96, 0, 7]
    let fromAdjusted = try Conversion(from: ExpressionUnit(.normCount), hasLengths: false)
    adjusted.withUnsafeMutableBufferPointer { fromAdjusted.convert($0, scales: nil, clamped: &clamped) }
    #expect(adjusted == [0, 0, 3])
    #expect(clamped.byAdjustment == 1)
    #expect(fromAdjusted.target == .log2NormCount)
  }

  @Test("leaves a table that is log2(tpm + 1) already as it is, bit for bit")
  func identity() throws {
    var values: [Float] = [0, 1.2345, 13.37, -0.00004]
    var clamped = Clamped()
    let conversion = try Conversion(from: .log2TPM, hasLengths: true)
    values.withUnsafeMutableBufferPointer { conversion.convert($0, scales: nil, clamped: &clamped) }
    #expect(values == [0, 1.2345, 13.37, 0])
    #expect(clamped.byRounding == 1)
  }

  @Test(
    "keeps intensities, z-scores and ratios, and says so",
    arguments: ["intensity", "log2(intensity)", "zscore", "log_ratio"])
  func kept(unit: String) throws {
    let conversion = try Conversion(from: ExpressionUnit(parsing: unit), hasLengths: true)
    var values: [Float] = [-2, 9]
    var clamped = Clamped()
    values.withUnsafeMutableBufferPointer { conversion.convert($0, scales: nil, clamped: &clamped) }
    #expect(values == [-2, 9])
    #expect(clamped == Clamped())
    #expect(conversion.note == "\(unit), kept as it is")
  }

  @Test("asks for lengths before it makes anything of counts")
  func counts() {
    let error = #expect(throws: ExpressionError.self) {
      try Conversion(from: ExpressionUnit(.counts), hasLengths: false)
    }
    #expect(error?.kind == .notConvertible)
  }

  @Test("refuses a sample whose genes sum to nothing")
  func emptySample() throws {
    var sums = GeneSums(try Conversion(from: ExpressionUnit(.fpkm), hasLengths: false), samples: 2)
    let row: [Float] = [1, 0]
    row.withUnsafeBufferPointer { sums.add(row: $0) }
    #expect(throws: ExpressionError.self) { try sums.scales() }
  }
}
