import HDF5
import Problems

extension StoreExamination {
  /// Everything with samples or genes has as many of them as X.
  mutating func examineShapes(_ root: HDF5Group) throws {
    let x = try shape(of: Member.x, in: root)
    guard x.count == 2 else {
      throw StoreError.offProfile(root.place.appending(Member.x), "has \(x.count) dimensions, not 2")
    }
    for (axis, member) in [Member.obs, Member.genes].enumerated() {
      let group = try root.group(member)
      let rows = try group.dataset(Frame.layout(of: group).indexName).rows
      if rows != x[axis] { report(.error, group.place, "has \(rows) rows, X \(x[0]) x \(x[1])") }
    }
    let expected: [(String, [Int])] = [
      (Member.layers, x), (Member.obsm, [x[0]]), ("varm", [x[1]]), ("obsp", [x[0], x[0]]), ("varp", [x[1], x[1]]),
    ]
    for (member, sizes) in expected where try root.exists(member) {
      let group = try root.group(member)
      for child in try group.children() {
        let shape = try shape(of: child.name, in: group)
        if Array(shape.prefix(sizes.count)) != sizes {
          report(.error, group.place.appending(child.name), "has shape \(shape), X \(x[0]) x \(x[1])")
        }
      }
    }
  }

  /// The shape of a data set, a sparse matrix or a frame.
  private func shape(of name: String, in parent: HDF5Group) throws -> [Int] {
    guard try parent.kind(of: name) == .group else { return try parent.dataset(name).shape }
    let group = try parent.group(name)
    if try Encoding.of(group.attributes, at: group.place) == .dataframe {
      let (indexName, order) = try Frame.layout(of: group)
      return [try group.dataset(indexName).rows, order.count]
    }
    return (try group.attributes.numbers("shape", as: Int64.self) ?? []).map(Int.init(clamping:))
  }
}
