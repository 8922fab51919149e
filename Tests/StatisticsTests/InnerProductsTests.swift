import Foundation
import TestSupport
import Testing

@testable import Statistics

@Suite("Inner products and distances")
struct InnerProductsTests {
  private func products(_ block: [Float], _ all: [Float], stride: Int) -> [Float] {
    var products = [Float](repeating: .nan, count: block.count / stride * (all.count / stride))
    block.withUnsafeBufferPointer { block in
      all.withUnsafeBufferPointer { all in
        products.withUnsafeMutableBufferPointer { InnerProducts.write(block, all, stride: stride, into: $0) }
      }
    }
    return products
  }

  @Test("are those of whole numbers exactly, for odd and even numbers of rows", arguments: [1, 2, 3], [1, 4, 5])
  func exact(height: Int, width: Int) {
    var generator = SeededGenerator(seed: 1)
    let stride = 16
    let block = (0..<height * stride).map { _ in Float(Int.random(in: -9...9, using: &generator)) }
    let all = (0..<width * stride).map { _ in Float(Int.random(in: -9...9, using: &generator)) }
    let expected = (0..<height * width).map { position in
      (0..<stride).reduce(Float(0)) {
        $0 + block[position / width * stride + $1] * all[position % width * stride + $1]
      }
    }
    #expect(products(block, all, stride: stride) == expected)
  }

  @Test("have the same bits wherever a row stands")
  func bits() {
    var generator = SeededGenerator(seed: 2)
    let rows = PointCloud.normal(5, 24, using: &generator)
    let all = products(rows, rows, stride: 24)
    for row in 0..<5 {
      let one = products(Array(rows[row * 24..<row * 24 + 24]), rows, stride: 24)
      #expect(one == Array(all[row * 5..<row * 5 + 5]))
      for column in 0..<5 { #expect(all[row * 5 + column] == all[column * 5 + row]) }
    }
  }

  @Test("bound every distance, also where points lie close together and far from the origin")
  func bounds() throws {
    var generator = SeededGenerator(seed: 3)
    for (centre, spread) in [(Float(0), Float(1)), (1000, 0.01), (1e-30, 1e-33), (1e30, 1e27)] {
      let values = PointCloud.normal(12, 20, using: &generator).map { centre + spread * $0 }
      let points = try Points(values + values, samples: 24, features: 20)
      let centred = CentredPoints(points)
      let products = products(centred.values, centred.values, stride: centred.stride)
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

  private func distance(_ points: Points, _ a: Int, _ b: Int) -> Double {
    points.values.withUnsafeBufferPointer { values in
      values.baseAddress.map { squaredDistance($0 + a * points.stride, $0 + b * points.stride, points.stride) } ?? .nan
    }
  }
}
