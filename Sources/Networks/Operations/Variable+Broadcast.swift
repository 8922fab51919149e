import Matrices

// Sizes are matched from the last one backwards; a size of 1, or one that is not there, is repeated.
extension Variable {
  /// The numbers repeated to a larger shape.
  package func broadcast(to shape: [Int]) -> Variable {
    guard shape != self.shape else { return self }
    let own = self
    return tape.record(value.broadcast(to: shape, tape), of: [self]) { _, gradient in
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
  func broadcast(to shape: [Int], _ tape: Tape) -> Tensor {
    let out = Tensor(shape, pool: tape.pool)
    StridedCopy(sizes: shape, strides: strides(repeatedTo: shape)).run(pointer, into: out.pointer, lanes: tape.lanes)
    return out
  }

  func sum(to target: [Int], _ tape: Tape) -> Tensor {
    let out = Tensor(target, pool: tape.pool)
    let strides = out.strides(repeatedTo: shape)
    if out.count == 1 {
      out.pointer[0] = Float(Reduction.sum(pointer, count: count))
    } else if out.count == columns, out.columns == columns {
      Reduction.sumColumns(pointer, into: out.pointer, rows: rows, columns: columns, lanes: tape.lanes)
    } else if out.count == rows, strides.last == 0 {
      Reduction.sumRows(pointer, into: out.pointer, rows: rows, columns: columns, lanes: tape.lanes)
    } else {
      addUp(StridedCopy(sizes: shape, strides: strides), into: out)
    }
    return out
  }

  /// Adds each number of this to the one of `out` that would be repeated to its place, in this one's order.
  private func addUp(_ walk: StridedCopy, into out: Tensor) {
    var sums = [Double](repeating: 0, count: out.count)
    let numbers = pointer
    sums.withUnsafeMutableBufferPointer { sums in
      walk.forEachRun { run, place, length, stride in
        let numbers = numbers + run * length
        if stride == 0 {
          sums[place] += Reduction.sum(numbers, count: length)
        } else {
          for index in 0..<length { sums[place &+ index &* stride] += Double(numbers[index]) }
        }
      }
    }
    for (index, sum) in sums.enumerated() { out.pointer[index] = Float(sum) }
  }

  /// How far the next number along each axis of a larger shape is: 0 where this one is repeated.
  private func strides(repeatedTo larger: [Int]) -> [Int] {
    let own = Variable.padded(shape, to: larger.count)
    precondition(
      own.count == larger.count && zip(own, larger).allSatisfy { $0 == $1 || $0 == 1 },
      "shape \(shape) cannot be repeated to \(larger)")
    let strides = Array(repeating: 0, count: own.count - shape.count) + self.strides
    return own.indices.map { own[$0] == 1 ? 0 : strides[$0] }
  }
}
