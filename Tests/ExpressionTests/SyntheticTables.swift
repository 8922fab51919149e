import Foundation
import TestSupport

@testable import Expression

/// Expression tables made by rule: TPM that sum to a million, and what other sources would make of them.
enum SyntheticTable {
  static let genes = 400
  static let samples = 20

  /// Log-normal TPM with a fifth of zeros; each sample sums to a million.
  static let tpm: [[Double]] = {
    var generator = SeededGenerator(seed: 5)
    var columns = (0..<samples).map { _ in
      (0..<genes).map { _ in Double.random(in: 0..<1, using: &generator) < 0.2 ? 0 : exp(3 * normal(&generator)) }
    }
    for sample in columns.indices {
      let sum = columns[sample].reduce(0, +)
      for gene in 0..<genes { columns[sample][gene] *= 1e6 / sum }
    }
    return (0..<genes).map { gene in (0..<samples).map { columns[$0][gene] } }
  }()

  /// Four decimals, as portals write them.
  static func rounded(_ table: [[Double]], _ change: (Double) -> Double) -> [[Float]] {
    table.map { $0.map { Float((change($0) * 1e4).rounded() / 1e4) } }
  }

  /// Microarray intensities, 2 to 14.
  static let rma: [[Float]] = {
    var generator = SeededGenerator(seed: 6)
    return (0..<genes).map { _ in
      let mean = Double.random(in: 3...12, using: &generator)
      return (0..<samples).map { _ in Float(mean + 0.3 * normal(&generator)) }
    }
  }()

  /// Each gene with mean 0 and standard deviation 1.
  static let zscores: [[Float]] = rma.map { row in
    let mean = row.reduce(0, +) / Float(samples)
    let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(samples - 1)
    return row.map { ($0 - mean) / variance.squareRoot() }
  }

  /// Each gene less its mean.
  static let ratios: [[Float]] = rma.map { row in
    let mean = row.reduce(0, +) / Float(samples)
    return row.map { $0 - mean }
  }

  static func transposed(_ table: [[Float]]) -> [[Float]] {
    (table.first ?? []).indices.map { column in table.map { $0[column] } }
  }

  private static func normal(_ generator: inout SeededGenerator) -> Double {
    let u = Double.random(in: Double.leastNormalMagnitude..<1, using: &generator)
    return sqrt(-2 * log(u)) * cos(2 * .pi * Double.random(in: 0..<1, using: &generator))
  }
}

extension ValueEvidence {
  init(_ rows: [[Float]], coversAllGenes: Bool = false) {
    self.init(samples: rows.first?.count ?? 0, coversAllGenes: coversAllGenes)
    for row in rows { row.withUnsafeBufferPointer { add(row: $0) } }
  }
}
