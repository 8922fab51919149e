import Matrices

// Sizes are matched from the last one backwards; a size of 1, or one that is not there, is repeated.
extension Variable {
  /// The numbers repeated to a larger shape.
  package func broadcast(to shape: [Int]) -> Variable {
    guard shape != self.shape else { return self }
    let own = self
    return tape.record(value.broadcast(to: shape, pool: tape.pool), of: [self]) { _, gradient in
      [gradient.sum(to: own.shape)]
    }
  }

  /// The sums over the axes along which `shape` would have to be repeated to become this one.
  package func sum(to shape: [Int]) -> Variable {
    guard shape != self.shape else { return self }
    let full = self.shape
    return tape.record(value.sum(to: shape, tape), of: [self]) { _, gradient in [gradient.broadcast(to: full)] }
  }

  /// The sum of all numbers.
  package func sum() -> Variable { sum(to: []) }

  /// The mean of all numbers.
  package func mean() -> Variable { sum().scaled(by: 1 / Float(value.count)) }

  /// Sums along the last axis, which stays with size 1.
  package func sumOfRows() -> Variable { sum(to: shape.dropLast() + [1]) }
}

extension Variable {
  /// The shape that two shapes are repeated to.
  static func broadcastShape(_ a: [Int], _ b: [Int]) -> [Int] {
    let rank = max(a.count, b.count)
    let (a, b) = (padded(a, to: rank), padded(b, to: rank))
    return zip(a, b).map { one, other in
      precondition(one == other || one == 1 || other == 1, "shapes \(a) and \(b) do not go together")
      return one == 1 ? other : one
    }
  }

  static func padded(_ shape: [Int], to rank: Int) -> [Int] {
    Array(repeating: 1, count: max(0, rank - shape.count)) + shape
  }
}

extension Tensor {
  func broadcast(to shape: [Int], pool: BufferPool) -> Tensor {
    let out = Tensor(shape, pool: pool)
    forEachPair(with: shape) { small, large in out.pointer[large] = pointer[small] }
    return out
  }

  func sum(to target: [Int], _ tape: Tape) -> Tensor {
    let out = Tensor(target, pool: tape.pool)
    if out.count == 1 {
      out.pointer[0] = Float(Reduction.sum(pointer, count: count))
    } else if out.count == columns, out.columns == columns {
      Reduction.sumColumns(pointer, into: out.pointer, rows: rows, columns: columns, lanes: tape.lanes)
    } else if out.count == rows, target.last == 1 || shape.last == 1, out.isRows(of: self) {
      Reduction.sumRows(pointer, into: out.pointer, rows: rows, columns: columns, lanes: tape.lanes)
    } else {
      var sums = [Double](repeating: 0, count: out.count)
      out.forEachPair(with: shape) { small, large in sums[small] += Double(pointer[large]) }
      for (index, sum) in sums.enumerated() { out.pointer[index] = Float(sum) }
    }
    return out
  }

  /// Whether this has one number for each row of `full`.
  private func isRows(of full: Tensor) -> Bool {
    Variable.padded(shape, to: full.shape.count) == Array(full.shape.dropLast()) + [1]
  }

  /// Calls `body` for each place of the larger shape, in its order, with the place in this one that it repeats.
  private func forEachPair(with larger: [Int], _ body: (_ small: Int, _ large: Int) -> Void) {
    let own = Variable.padded(shape, to: larger.count)
    precondition(
      own.count == larger.count && zip(own, larger).allSatisfy { $0 == $1 || $0 == 1 },
      "shape \(shape) cannot be repeated to \(larger)")
    var strides = [Int](repeating: 0, count: own.count)
    var stride = 1
    for axis in own.indices.reversed() {
      strides[axis] = own[axis] == 1 ? 0 : stride
      stride *= own[axis]
    }
    var place = [Int](repeating: 0, count: own.count)
    var small = 0
    for large in 0..<larger.reduce(1, *) {
      body(small, large)
      for axis in own.indices.reversed() {
        place[axis] += 1
        small += strides[axis]
        guard place[axis] == larger[axis] else { break }
        small -= strides[axis] * larger[axis]
        place[axis] = 0
      }
    }
  }
}
