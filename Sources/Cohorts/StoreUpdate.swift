import HDF5
import Problems

/// Additions to a store that all appear together, or not at all.
package final class StoreUpdate {
  private let root: HDF5Group
  private let samples: Int
  private let genes: Int

  private init(root: HDF5Group) throws {
    self.root = root
    let shape = try Matrix.dataset(Member.x, in: root).shape
    samples = shape[0]
    genes = shape[1]
  }

  /// Changes the store at `path`: `body` works on a copy, which then takes the store's place.
  ///
  /// Errors are those of `Cohort.write`; a store whose bytes changed since it was written is `.damaged`.
  package static func update(_ path: String, _ body: (StoreUpdate) throws -> Void) throws {
    let pending = try PendingStore(target: path)
    let file = try pending.copy()
    try pending.writing { try body(StoreUpdate(root: file.root)) }
    try pending.commit(file)
  }

  /// Adds a layer, samples x genes, or replaces the one of that name.
  package func set(layer name: String, _ matrix: Matrix) throws {
    try put(matrix, name, in: Member.layers, columns: genes)
  }

  /// Adds a matrix with one row a sample, or replaces the one of that name.
  package func set(obsm name: String, _ matrix: Matrix) throws {
    try put(matrix, name, in: Member.obsm, columns: matrix.columns)
  }

  /// Puts a value at a path below `uns`, such as `embeddings/geneformer`, in place of one that may be there.
  package func set(uns path: String, _ value: StoreValue) throws {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let place = root.place.appending(Member.uns).appending(path)
    for part in parts { try checkKey(part, at: place) }
    try value.check(at: place)
    guard let name = parts.popLast() else { return }
    var group = try member(Member.uns, in: root)
    for part in parts { group = try member(part, in: group) }
    if try group.exists(name) { try group.remove(name) }
    try value.write(name, to: group)
  }

  /// Takes away what is at a path from the root, such as `layers/aligned`; nothing there is no error.
  package func remove(_ path: String) throws {
    guard let slash = path.lastIndex(of: "/"), try root.exists(path) else { return }
    try root.group(String(path[..<slash])).remove(String(path[path.index(after: slash)...]))
  }

  private func put(_ matrix: Matrix, _ name: String, in member: String, columns: Int) throws {
    let place = root.place.appending(member).appending(name)
    try checkKey(name, at: place)
    guard matrix.rows == samples, matrix.columns == columns else {
      throw StoreError(
        .offProfile, at: place,
        "is \(matrix.rows) x \(matrix.columns); the store has \(samples) samples and \(genes) genes")
    }
    let group = try self.member(member, in: root)
    if try group.exists(name) { try group.remove(name) }
    try matrix.write(name, to: group)
  }

  /// The group of that name, made if it is not there.
  private func member(_ name: String, in parent: HDF5Group) throws -> HDF5Group {
    if try parent.exists(name) { return try parent.group(name) }
    let group = try parent.createGroup(name)
    try Encoding.dict.mark(group.attributes)
    return group
  }
}
