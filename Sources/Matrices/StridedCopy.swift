/// A copy of numbers that stand at regular distances: axes repeated, transposed or in another order.
///
/// The number at place (i, j, ...) of the result is that at i * strides[0] + j * strides[1] + ... of the source.
package struct StridedCopy {
  /// Axes of the result, those merged that can be walked as one; at least one.
  private var sizes: [Int] = []
  private var strides: [Int] = []
  /// The axis along which the source is contiguous, where that is not the last one and both are long.
  private let transposed: Int?

  /// Numbers that are copied along each of the two axes of a transposition at once, to stay within a cache.
  private static let tile = 16

  package init(sizes: [Int], strides: [Int]) {
    precondition(sizes.count == strides.count, "\(sizes.count) sizes and \(strides.count) strides")
    for (size, stride) in zip(sizes, strides) where size != 1 {
      if let last = self.strides.last, last == stride * size {
        self.sizes[self.sizes.count - 1] *= size
        self.strides[self.strides.count - 1] = stride
      } else {
        self.sizes.append(size)
        self.strides.append(stride)
      }
    }
    if self.sizes.isEmpty { (self.sizes, self.strides) = ([1], [1]) }
    let last = self.sizes.count - 1
    let unit = self.strides[..<last].firstIndex(of: 1)
    let isTransposed = self.strides[last] > 1 && self.sizes[last] >= StridedCopy.tile
    transposed = unit.flatMap { [sizes = self.sizes] in isTransposed && sizes[$0] >= StridedCopy.tile ? $0 : nil }
  }

  /// Numbers of the result.
  package var count: Int { sizes.reduce(1, *) }

  package func run(_ a: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, lanes: Lanes) {
    guard count > 0 else { return }
    if let transposed {
      transpose(a, into: out, unit: transposed, lanes: lanes)
    } else {
      let (length, stride) = (sizes[sizes.count - 1], strides[strides.count - 1])
      Elementwise.splitRows(count / length, length, lanes) { part in
        forEachRun(part) { run, place in
          StridedCopy.copy(a + place, every: stride, into: out + run * length, count: length)
        }
      }
    }
  }

  /// Calls `body` for each run along the last axis of a result of these sizes, with the place in a source of these
  /// strides where it begins; a run is `length` numbers, and they stand `stride` apart in the source.
  package func forEachRun(_ body: (_ run: Int, _ place: Int, _ length: Int, _ stride: Int) -> Void) {
    guard count > 0 else { return }
    let (length, stride) = (sizes[sizes.count - 1], strides[strides.count - 1])
    forEachRun(0..<(count / length)) { body($0, $1, length, stride) }
  }

  private func forEachRun(_ runs: Range<Int>, _ body: (_ run: Int, _ place: Int) -> Void) {
    let outer = sizes.count - 1
    var position = [Int](repeating: 0, count: outer)
    var (place, rest) = (0, runs.lowerBound)
    for axis in (0..<outer).reversed() {
      position[axis] = rest % sizes[axis]
      rest /= sizes[axis]
      place += position[axis] * strides[axis]
    }
    for run in runs {
      body(run, place)
      for axis in (0..<outer).reversed() {
        position[axis] += 1
        place += strides[axis]
        guard position[axis] == sizes[axis] else { break }
        place -= strides[axis] * sizes[axis]
        position[axis] = 0
      }
    }
  }

  @inline(__always)
  private static func copy(
    _ a: UnsafePointer<Float>, every stride: Int, into out: UnsafeMutablePointer<Float>, count: Int
  ) {
    switch stride {
    case 1: out.update(from: a, count: count)
    case 0: out.update(repeating: a[0], count: count)
    default: for index in 0..<count { out[index] = a[index &* stride] }
    }
  }

  /// Walks the plane of the last axis and of the one along which the source is contiguous in tiles.
  private func transpose(
    _ a: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, unit: Int, lanes: Lanes
  ) {
    let last = sizes.count - 1
    let (height, width, stride) = (sizes[unit], sizes[last], strides[last])
    let outStrides = sizes.indices.map { sizes[($0 + 1)...].reduce(1, *) }
    // The other axes, and the tiles along the contiguous one.
    let others = (0..<last).filter { $0 != unit }
    let tiles = (height + StridedCopy.tile - 1) / StridedCopy.tile
    let planes = others.reduce(1) { $0 * sizes[$1] }
    lanes.split(planes * tiles, least: count >= Elementwise.least ? 0 : .max) { part in
      for item in part {
        var (from, to, rest) = (0, 0, item / tiles)
        for axis in others.reversed() {
          from += rest % sizes[axis] * strides[axis]
          to += rest % sizes[axis] * outStrides[axis]
          rest /= sizes[axis]
        }
        let first = item % tiles * StridedCopy.tile
        let rows = first..<min(first + StridedCopy.tile, height)
        for column in Swift.stride(from: 0, to: width, by: StridedCopy.tile) {
          let columns = column..<min(column + StridedCopy.tile, width)
          for row in rows {
            let (a, out) = (a + from + row, out + to + row * outStrides[unit])
            for column in columns { out[column] = a[column &* stride] }
          }
        }
      }
    }
  }
}
