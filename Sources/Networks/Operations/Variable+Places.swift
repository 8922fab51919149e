// Numbers by their places, counted from the first of all; differentiable to any order.
extension Variable {
  /// The numbers at some places, in a shape of their own.
  func gathered(places: [Int], as shape: [Int]) -> Variable {
    let (out, own) = (Tensor(shape, pool: tape.pool), self.shape)
    precondition(places.count == out.count, "\(places.count) places for shape \(shape)")
    let (from, to) = (value.pointer, out.pointer)
    for (index, place) in places.enumerated() { to[index] = from[place] }
    return tape.record(out, of: [self]) { _, gradient in [gradient.scattered(places: places, in: own)] }
  }

  /// Zeros in a shape, to which each number is added at its place.
  private func scattered(places: [Int], in shape: [Int]) -> Variable {
    let (out, own) = (Tensor(shape, repeating: 0, pool: tape.pool), self.shape)
    let (from, to) = (value.pointer, out.pointer)
    for (index, place) in places.enumerated() { to[place] += from[index] }
    return tape.record(out, of: [self]) { _, gradient in [gradient.gathered(places: places, as: own)] }
  }
}
