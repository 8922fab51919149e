import TestSupport
import Testing

@testable import Matrices

@Suite("Copies")
struct CopyTests {
  private let lanes = Lanes(2)

  /// Random axes, some of size 1 or 0, in random order, some repeated; against the definition, place by place.
  @Test("by strides put each number where the definition says", arguments: 0..<60)
  func strided(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let rank = Int.random(in: 0...4, using: &generator)
    let sizes = (0..<rank).map { _ in [0, 1, 1, 2, 3, 5, 17, 40].randomElement(using: &generator) ?? 1 }
    var strides = [Int](repeating: 0, count: rank)
    var extent = 1
    for axis in (0..<rank).shuffled(using: &generator) where Int.random(in: 0..<4, using: &generator) > 0 {
      strides[axis] = extent
      extent *= max(1, sizes[axis])
    }
    let a = numbers(extent, seed: seed)
    let count = sizes.reduce(1, *)
    let values = [Float].written(count) { StridedCopy(sizes: sizes, strides: strides).run(a, into: $0, lanes: lanes) }
    let expected = (0..<count).map { index in
      var (rest, place) = (index, 0)
      for axis in (0..<rank).reversed() {
        place += rest % sizes[axis] * strides[axis]
        rest /= sizes[axis]
      }
      return a[place]
    }
    #expect(values.bits == expected.bits, "sizes \(sizes), strides \(strides)")
  }

  @Test("of large transpositions come out whole, on both lanes", arguments: [(16, 16), (17, 1_000), (1_000, 33)])
  func transposition(rows: Int, columns: Int) {
    let a = numbers(3 * rows * columns, seed: 1)
    let values = [Float].written(a.count) {
      StridedCopy(sizes: [3, columns, rows], strides: [rows * columns, 1, columns]).run(a, into: $0, lanes: lanes)
    }
    var wrong = 0
    for plane in 0..<3 {
      for row in 0..<rows {
        for column in 0..<columns
        where values[(plane * columns + column) * rows + row] != a[(plane * rows + row) * columns + column] {
          wrong += 1
        }
      }
    }
    #expect(wrong == 0)
  }

  @Test(
    "of windows hold the padded numbers, and folding adds each back to where it came from",
    arguments: [(1, 1, 0), (3, 1, 1), (4, 2, 3), (7, 3, 0), (5, 9, 4), (3, 1, 7)] as [(Int, Int, Int)])
  func windows(width: Int, stride: Int, padding: Int) {
    let unfolding = Unfolding(batch: 2, channels: 3, length: 7, width: width, stride: stride, padding: padding)
    let a = numbers(42, seed: 2)
    let values = [Float].written(6 * unfolding.windows * width) { unfolding.run(a, into: $0, lanes: lanes) }
    var folded = [Float](repeating: 0, count: 42)
    for sample in 0..<2 {
      for window in 0..<unfolding.windows {
        for channel in 0..<3 {
          for index in 0..<width {
            let place = window * stride + index - padding
            let value = values[((sample * unfolding.windows + window) * 3 + channel) * width + index]
            let isInside = (0..<7).contains(place)
            #expect(value == (isInside ? a[(sample * 3 + channel) * 7 + place] : 0))
            if isInside { folded[(sample * 3 + channel) * 7 + place] += value }
          }
        }
      }
    }
    #expect([Float].written(42) { unfolding.fold(values, into: $0, lanes: lanes) }.bits == folded.bits)
  }
}
