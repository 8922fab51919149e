import CVector

/// One head of attention over one sequence, without gradients: softmax(Q K^T / sqrt(width)) V.
///
/// Vaswani et al. 2017, equation 1. The scores exist for a block of queries at a time, so that they stay in the cache;
/// each row is divided by its sum only after the product with V.
package struct AttentionHead {
  /// Places of the sequence.
  package var tokens: Int
  /// Numbers of a place in this head.
  package var width: Int
  /// Numbers from one place to the next of Q, K and V, and of the result.
  package var stride: Int
  package var resultStride: Int

  package init(tokens: Int, width: Int, stride: Int, resultStride: Int) {
    (self.tokens, self.width, self.stride, self.resultStride) = (tokens, width, stride, resultStride)
  }

  /// Queries that are worked on at once.
  private static let block = 128

  /// Numbers of working memory for a sequence.
  package static func scratch(tokens: Int) -> Int { min(tokens, block) * tokens }

  package func run(
    query: UnsafePointer<Float>, key: UnsafePointer<Float>, value: UnsafePointer<Float>,
    into out: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let scale = 1 / Float(width).squareRoot()
    for start in Swift.stride(from: 0, to: tokens, by: Self.block) {
      let count = min(Self.block, tokens - start)
      StridedProduct(
        rows: count, columns: tokens, depth: width, leftStride: stride, rightStride: stride, resultStride: tokens,
        transposesRight: true
      ).run(query + start * stride, key, into: scratch, scale: scale)
      withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { inverses in
        for row in 0..<count {
          inverses[row] = 1 / CVector_exponentials(scratch + row * tokens, tokens)
        }
        let out = out + start * resultStride
        StridedProduct(
          rows: count, columns: width, depth: tokens, leftStride: tokens, rightStride: stride,
          resultStride: resultStride, transposesRight: false
        ).run(scratch, value, into: out)
        for row in 0..<count {
          let (own, factor) = (out + row * resultStride, inverses[row])
          map(0..<width, own, into: own) { $0 * factor }
        }
      }
    }
  }
}
