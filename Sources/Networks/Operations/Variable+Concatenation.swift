import Matrices

// Parts of tensors, and tensors put together; differentiable to any order.
extension Variable {
  /// The parts one behind the other along an axis; the other sizes must be equal.
  package static func concatenated(_ parts: [Variable], axis: Int) -> Variable {
    precondition(!parts.isEmpty, "no parts to put together")
    let (tape, first) = (parts[0].tape, parts[0].shape)
    var shape = first
    precondition(first.indices.contains(axis), "axis \(axis) of shape \(first)")
    shape[axis] = parts.reduce(0) { $0 + $1.shape[axis] }
    let out = Tensor(shape, pool: tape.pool)
    var (start, ranges) = (0, [Range<Int>]())
    for part in parts {
      var own = part.shape
      ranges.append(start..<start + own[axis])
      start += own[axis]
      own[axis] = first[axis]
      precondition(own == first, "shapes \(part.shape) and \(first) along axis \(axis)")
      out.set(part.value, to: ranges[ranges.count - 1], axis: axis, lanes: tape.lanes)
    }
    return tape.record(out, of: parts) { _, gradient in
      zip(parts, ranges).map { part, range in part.needsGradient ? gradient.slice(range, axis: axis) : nil }
    }
  }

  /// A range along an axis.
  package func slice(_ range: Range<Int>, axis: Int) -> Variable {
    precondition(
      shape.indices.contains(axis) && range.lowerBound >= 0 && range.upperBound <= shape[axis],
      "\(range) along axis \(axis) of shape \(shape)")
    guard range.count < shape[axis] else { return self }
    let count = shape[axis]
    return tape.record(value.slice(range, axis: axis, tape), of: [self]) { _, gradient in
      [gradient.placed(in: range, of: count, axis: axis)]
    }
  }

  /// Zeros around this along an axis, which becomes `count` long and holds this in `range`: the adjoint of `slice`.
  private func placed(in range: Range<Int>, of count: Int, axis: Int) -> Variable {
    var shape = shape
    shape[axis] = count
    let out = Tensor(shape, repeating: 0, pool: tape.pool)
    out.set(value, to: range, axis: axis, lanes: tape.lanes)
    return tape.record(out, of: [self]) { _, gradient in [gradient.slice(range, axis: axis)] }
  }
}

extension Tensor {
  fileprivate func slice(_ range: Range<Int>, axis: Int, _ tape: Tape) -> Tensor {
    if axis == 0 { return rows(range) }
    var shape = shape
    shape[axis] = range.count
    let out = Tensor(shape, pool: tape.pool)
    let width = width(below: axis)
    Rectangle(rows: self.shape[..<axis].reduce(1, *), columns: range.count * width).copy(
      pointer + range.lowerBound * width, every: self.shape[axis] * width, into: out.pointer,
      every: range.count * width, lanes: tape.lanes)
    return out
  }

  fileprivate func set(_ part: Tensor, to range: Range<Int>, axis: Int, lanes: Lanes) {
    let width = width(below: axis)
    Rectangle(rows: shape[..<axis].reduce(1, *), columns: range.count * width).copy(
      part.pointer, every: range.count * width, into: pointer + range.lowerBound * width,
      every: shape[axis] * width, lanes: lanes)
  }

  /// Numbers behind one place of an axis.
  private func width(below axis: Int) -> Int { shape[(axis + 1)...].reduce(1, *) }
}
