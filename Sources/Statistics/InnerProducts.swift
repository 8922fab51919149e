/// Inner products of every row of a block with every row of a matrix: `block * all^T`.
///
/// The only matrix product of the module. What is made of the products does not depend on how they round: see
/// `CentredPoints.error`.
enum InnerProducts {
  /// Writes rows of `block` x rows of `all`, row after row. `stride` is the length of a row in both, a multiple of
  /// `Points.padding`. Each product is summed in the same order wherever it stands.
  static func write(
    _ block: UnsafeBufferPointer<Float>, _ all: UnsafeBufferPointer<Float>, stride: Int,
    into products: UnsafeMutableBufferPointer<Float>
  ) {
    let (height, width) = (block.count / stride, all.count / stride)
    precondition(stride % Points.padding == 0 && products.count >= height * width)
    guard let left = block.baseAddress, let right = all.baseAddress, let result = products.baseAddress else { return }
    // Two rows by two columns at a time, so that each number that is loaded is used twice. The last row or column of
    // an odd number is its own partner.
    var column = 0
    while column < width {
      let (x, y) = (column, min(column + 1, width - 1))
      var row = 0
      while row < height {
        let (a, b) = (row, min(row + 1, height - 1))
        let square = square(left + a * stride, left + b * stride, right + x * stride, right + y * stride, stride)
        result[a * width + x] = square.ax
        result[a * width + y] = square.ay
        result[b * width + x] = square.bx
        result[b * width + y] = square.by
        row += 2
      }
      column += 2
    }
  }

  @inline(__always)
  private static func square(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>,
    _ count: Int
  ) -> (ax: Float, ay: Float, bx: Float, by: Float) {
    var (ax, ay) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
    var (bx, by) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
    var position = 0
    while position < count {
      let (left, right) = (vector(x + position), vector(y + position))
      let (first, second) = (vector(a + position), vector(b + position))
      ax += first * left
      ay += first * right
      bx += second * left
      by += second * right
      position += Points.padding
    }
    return (total(ax), total(ay), total(bx), total(by))
  }

  @inline(__always)
  private static func vector(_ start: UnsafePointer<Float>) -> SIMD8<Float> {
    UnsafeRawPointer(start).loadUnaligned(as: SIMD8<Float>.self)
  }

  @inline(__always)
  private static func total(_ lanes: SIMD8<Float>) -> Float {
    let four = lanes.lowHalf + lanes.highHalf
    return (four[0] + four[2]) + (four[1] + four[3])
  }
}
