import Foundation
import Matrices
import TestSupport
import Testing

@testable import Statistics

@Suite("Distances and their bounds")
struct CentredPointsTests {
  private func products(_ centred: CentredPoints, _ rows: Range<Int>, lanes: Lanes = Lanes(1)) -> [Float] {
    var products = [Float](repeating: .nan, count: rows.count * centred.squaredNorms.count)
    products.withUnsafeMutableBufferPointer { products in
      if let start = products.baseAddress { centred.writeProducts(of: rows, into: start, lanes: lanes) }
    }
    return products
  }

  @Test(
    "inner products are those of whole numbers exactly, for odd and even numbers of rows", arguments: [1, 2, 3, 40])
  func exact(samples: Int) throws {
    var generator = SeededGenerator(seed: 1)
    let features = 16
    // With each point its opposite: the mean is 0, and the numbers are scaled by a power of two alone.
    let half = (0..<samples * features).map { _ in Float(Int.random(in: -9...9, using: &generator)) }
    let centred = CentredPoints(try Points([half, half.map(-)], features: features))
    let rows = samples / 2..<2 * samples
    let found = products(centred, rows, lanes: Lanes(2))
    for (place, row) in rows.enumerated() {
      for column in 0..<2 * samples {
        let expected = (0..<features).reduce(Float(0)) {
          $0 + centred.values[row * features + $1] * centred.values[column * features + $1]
        }
        #expect(found[place * 2 * samples + column] == expected)
      }
    }
  }

  @Test("inner products bound every distance, also where points lie close together and far from the origin")
  func bounds() throws {
    var generator = SeededGenerator(seed: 3)
    for (centre, spread) in [(Float(0), Float(1)), (1000, 0.01), (1e-30, 1e-33), (1e30, 1e27)] {
      let values = PointCloud.normal(12, 20, using: &generator).map { centre + spread * $0 }
      let points = try Points(values + values, samples: 24, features: 20)
      let centred = CentredPoints(points)
      let products = products(centred, 0..<24)
      // The scale of the centred points, from the pair that lies farthest apart.
      var (far, scale) = (0.0, 0.0)
      var pairs: [(true: Double, found: Double, error: Double)] = []
      for a in 0..<24 {
        for b in 0..<24 {
          let norms = centred.squaredNorms[a] + centred.squaredNorms[b]
          let found = norms - 2 * Double(products[a * 24 + b])
          let exact = distance(points, a, b)
          if exact > far { (far, scale) = (exact, found / exact) }
          pairs.append((exact, found, centred.error(norms)))
        }
      }
      // The scale is a power of two, which the quotient finds to far better than a half.
      scale = Double(sign: .plus, exponent: Int(log2(scale).rounded()), significand: 1)
      for pair in pairs { #expect(abs(pair.true * scale - pair.found) <= pair.error) }
    }
  }

  @Test("the direct distance of equal rows is 0, and of others that of the textbook")
  func direct() throws {
    let points = try Points([1, 2, 3, 1, 2, 3, 4, -2, 3], samples: 3, features: 3)
    #expect(distance(points, 0, 1) == 0 && distance(points, 0, 2) == 25 && distance(points, 2, 0) == 25)
  }

  @Test("a row as it stands gives the bits of one in double precision")
  func forms() throws {
    var generator = SeededGenerator(seed: 4)
    let points = try Points(PointCloud.normal(2, 21, around: 7, using: &generator), samples: 2, features: 21)
    #expect(distance(points, 0, 1) == distance(points, 0, 1, isWide: true))
  }

  private func distance(_ points: Points, _ a: Int, _ b: Int, isWide: Bool = false) -> Double {
    var wide = [Double](repeating: .nan, count: 2 * points.stride)
    return wide.withUnsafeMutableBufferPointer { wide in
      points.values.withUnsafeBufferPointer { values in
        guard let wide = wide.baseAddress, let start = values.baseAddress else { return .nan }
        points.write(a..<a + 1, into: wide)
        points.write(b..<b + 1, into: wide + points.stride)
        return isWide
          ? squaredDistance(wide, wide + points.stride, points.stride)
          : squaredDistance(wide, start + b * points.stride, points.stride)
      }
    }
  }
}
