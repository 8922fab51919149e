import Matrices

// Number by number; the smaller operand is repeated as in `broadcast(to:)`. All can be differentiated to any order.
extension Variable {
  package static func + (a: Variable, b: Variable) -> Variable {
    a.tape.record(combine(.add, a, b), of: [a, b]) { _, gradient in
      [a.needsGradient ? gradient.sum(to: a.shape) : nil, b.needsGradient ? gradient.sum(to: b.shape) : nil]
    }
  }

  package static func - (a: Variable, b: Variable) -> Variable {
    a.tape.record(combine(.subtract, a, b), of: [a, b]) { _, gradient in
      [a.needsGradient ? gradient.sum(to: a.shape) : nil, b.needsGradient ? (-gradient).sum(to: b.shape) : nil]
    }
  }

  package static func * (a: Variable, b: Variable) -> Variable {
    a.tape.record(combine(.multiply, a, b), of: [a, b]) { _, gradient in
      [
        a.needsGradient ? (gradient * b).sum(to: a.shape) : nil,
        b.needsGradient ? (gradient * a).sum(to: b.shape) : nil,
      ]
    }
  }

  package static func / (a: Variable, b: Variable) -> Variable {
    a.tape.record(combine(.divide, a, b), of: [a, b]) { _, gradient in
      [
        a.needsGradient ? (gradient / b).sum(to: a.shape) : nil,
        b.needsGradient ? (-(gradient * a) / (b * b)).sum(to: b.shape) : nil,
      ]
    }
  }

  package static prefix func - (a: Variable) -> Variable { a.scaled(by: -1) }

  /// `factor * self + term`.
  package func scaled(by factor: Float, plus term: Float = 0) -> Variable {
    let out = Tensor(shape, pool: tape.pool)
    Elementwise.scale(
      value.pointer, by: factor, plus: term, into: out.pointer, count: value.count, lanes: tape.lanes)
    return tape.record(out, of: [self]) { _, gradient in [gradient.scaled(by: factor)] }
  }

  private static func combine(_ operation: Elementwise.Binary, _ a: Variable, _ b: Variable) -> Tensor {
    let tape = a.tape
    let shape = a.shape == b.shape ? a.shape : broadcastShape(a.shape, b.shape)
    // Only the second operand is repeated on the fly.
    let left = a.shape == shape ? a.value : a.value.broadcast(to: shape, tape)
    let out = Tensor(shape, pool: tape.pool)
    let right = b.value
    if right.shape == shape {
      Elementwise.run(
        operation, left.pointer, right.pointer, into: out.pointer, count: out.count, lanes: tape.lanes)
    } else if right.count == 1 {
      Elementwise.run(
        operation, rowsOf: left.pointer, column: right.pointer, into: out.pointer, rows: 1, columns: out.count,
        lanes: tape.lanes)
    } else if right.count == right.columns {
      Elementwise.run(
        operation, rowsOf: left.pointer, row: right.pointer, into: out.pointer, rows: out.rows, columns: out.columns,
        lanes: tape.lanes)
    } else if padded(right.shape, to: shape.count) == Array(shape.dropLast()) + [1] {
      Elementwise.run(
        operation, rowsOf: left.pointer, column: right.pointer, into: out.pointer, rows: out.rows,
        columns: out.columns, lanes: tape.lanes)
    } else {
      let full = right.broadcast(to: shape, tape)
      Elementwise.run(operation, left.pointer, full.pointer, into: out.pointer, count: out.count, lanes: tape.lanes)
    }
    return out
  }
}
