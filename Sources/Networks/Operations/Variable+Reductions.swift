import Matrices

// Reductions along some axes, which stay with size 1 or go; differentiable to any order.
extension Variable {
  /// The sums along some axes.
  package func sum(along axes: [Int], keepsAxes: Bool = false) -> Variable {
    sum(to: reducedShape(axes)).without(axes, unless: keepsAxes)
  }

  /// The means along some axes.
  package func mean(along axes: [Int], keepsAxes: Bool = false) -> Variable {
    let sums = sum(along: axes, keepsAxes: keepsAxes)
    return sums.scaled(by: 1 / Float(axes.reduce(1) { $0 * shape[$1] }))
  }

  /// The largest numbers along some axes; the gradient goes to the first of equal ones.
  package func maximum(along axes: [Int], keepsAxes: Bool = false) -> Variable {
    let reduced = reducedShape(axes)
    let last = permuted(shape.indices.filter { !axes.contains($0) } + axes.sorted())
    let places = RowMaximum.places(
      last.value.pointer, rows: reduced.reduce(1, *), columns: axes.reduce(1) { $0 * shape[$1] })
    return last.gathered(places: places, as: reduced).without(axes, unless: keepsAxes)
  }

  private func reducedShape(_ axes: [Int]) -> [Int] {
    precondition(
      Set(axes).count == axes.count && axes.allSatisfy(shape.indices.contains), "axes \(axes) of shape \(shape)")
    return shape.indices.map { axes.contains($0) ? 1 : shape[$0] }
  }

  private func without(_ axes: [Int], unless keepsAxes: Bool) -> Variable {
    keepsAxes ? self : reshaped(shape.indices.filter { !axes.contains($0) }.map { shape[$0] })
  }
}
