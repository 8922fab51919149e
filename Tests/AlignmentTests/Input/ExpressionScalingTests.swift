import Cohorts
import TestSupport
import Testing

@testable import Alignment

@Suite("Scaling of expression")
struct ExpressionScalingTests {
  private func random(_ rows: Int, _ columns: Int, seed: UInt64, offset: Float = 8) -> Matrix {
    var generator = SeededGenerator(seed: seed)
    return Matrix(
      rows: rows, columns: columns,
      values: (0..<rows * columns).map { _ in offset + Float.random(in: -3...3, using: &generator) })
  }

  /// Mean and deviation (divided by n) in double precision.
  private func moments(_ values: [Float]) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
    let squares = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    return (mean, (squares / Double(values.count)).squareRoot())
  }

  @Test("per gene, training rows come to mean 0 and deviation 1", arguments: 0..<5)
  func perGene(seed: UInt64) {
    var matrix = random(40, 7, seed: seed)
    let genes = (0..<7).map { $0 != 3 }
    let rows = Array(stride(from: 0, to: 40, by: 2))
    ExpressionScaling(.perGeneAndDomain, of: matrix, rows: rows, genes: genes).apply(to: &matrix, genes: genes)
    for gene in 0..<7 where genes[gene] {
      let (mean, deviation) = moments(rows.map { matrix.values[$0 * 7 + gene] })
      // Each value is rounded to single precision, 6e-8 of at most 3.
      #expect(abs(mean) < 2e-7 && abs(deviation - 1) < 2e-7)
    }
    #expect((0..<40).allSatisfy { matrix.values[$0 * 7 + 3] == 0 })
  }

  @Test("per sample, the genes that take part come to mean 0 and deviation 1", arguments: 0..<5)
  func perSample(seed: UInt64) {
    var matrix = random(6, 50, seed: seed)
    let genes = (0..<50).map { $0 % 5 != 0 }
    ExpressionScaling(.perSample, of: matrix, rows: [], genes: genes).apply(to: &matrix, genes: genes)
    for row in 0..<6 {
      let taken = (0..<50).filter { genes[$0] }.map { matrix.values[row * 50 + $0] }
      let (mean, deviation) = moments(taken)
      // As above.
      #expect(abs(mean) < 2e-7 && abs(deviation - 1) < 2e-7)
      #expect((0..<50).allSatisfy { genes[$0] || matrix.values[row * 50 + $0] == 0 })
    }
  }

  @Test("what is constant is centred and not divided, whatever its sum rounds to", arguments: [0.1, 7.3, -13.815511])
  func constant(value: Float) {
    var matrix = random(33, 3, seed: 3)
    for row in 0..<33 { matrix.values[row * 3 + 1] = value }
    let genes = [true, true, true]
    let scaling = ExpressionScaling(.perGeneAndDomain, of: matrix, rows: Array(0..<32), genes: genes)
    guard case .perGene(let mean, let deviation) = scaling else {
      Issue.record("\(scaling)")
      return
    }
    #expect(mean[1] == Double(value) && deviation[1] == 0)
    matrix.values[32 * 3 + 1] = value + 2
    scaling.apply(to: &matrix, genes: genes)
    #expect((0..<32).allSatisfy { matrix.values[$0 * 3 + 1] == 0 })
    #expect(matrix.values[32 * 3 + 1] == Float(Double(value + 2) - Double(value)))
    var flat = Matrix(rows: 1, columns: 3, repeating: value)
    ExpressionScaling.perSample.apply(to: &flat, genes: genes)
    #expect(flat.values == [0, 0, 0])
  }

  @Test("none leaves values as they are, but for genes that take no part")
  func asIs() {
    var matrix = random(2, 2, seed: 4)
    let before = matrix
    for standardisation in [AlignerSettings.Standardisation.asIs, .refuseMixed] {
      ExpressionScaling(standardisation, of: matrix, rows: [0], genes: [true, true]).apply(
        to: &matrix, genes: [true, true])
      #expect(matrix == before)
    }
    ExpressionScaling.asIs.apply(to: &matrix, genes: [false, true])
    #expect(matrix.values == [0, before.values[1], 0, before.values[3]])
  }
}
