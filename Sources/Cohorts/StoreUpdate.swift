import HDF5
import Problems

/// Additions to a store that all appear together, or not at all.
package final class StoreUpdate {
  let root: HDF5Group
  private let pending: PendingStore
  /// Bytes that the store may come to.
  private var room: Int
  private let samples: Int
  private let genes: Int
  /// The fingerprint of what models see, once it was asked for.
  var input: InputFingerprint?

  private init(root: HDF5Group, of pending: PendingStore) throws {
    self.root = root
    self.pending = pending
    room = pending.file.size
    let shape = try Matrix.dataset(Member.x, in: root).shape
    samples = shape[0]
    genes = shape[1]
  }

  /// Changes the store at `path`: `body` works on a copy on the disk, which then takes the store's place. Memory does not
  /// grow with the store.
  ///
  /// Errors are those of `Cohort.write`; a store whose bytes changed since it was written is `.damaged`.
  package static func update(_ path: String, _ body: (StoreUpdate) throws -> Void) throws {
    let pending = try PendingStore(target: path)
    let file = try pending.copyOnDisk()
    try pending.writing { try body(StoreUpdate(root: file.root, of: pending)) }
    try pending.commitFromDisk(file)
  }

  /// Adds a layer, samples x genes, or replaces the one of that name and takes its record away.
  package func set(layer name: String, _ matrix: Matrix) throws { try put(matrix, at: BlockPath(.layers, name)) }

  /// Adds a matrix with one row a sample, or replaces the one of that name and takes its record away.
  package func set(obsm name: String, _ matrix: Matrix) throws { try put(matrix, at: BlockPath(.obsm, name)) }

  /// Adds a column behind the others of the table of samples, or replaces the one of that name where it stands.
  ///
  /// The record of a replaced block goes.
  package func set(obs name: String, _ column: Column) throws { try put(column, at: BlockPath(.obs, name)) }

  /// Puts a value at a path below `uns`, such as `alignment/losses`, in place of one that may be there.
  ///
  /// Records of blocks are `.offProfile`: they are set with their block.
  package func set(uns path: String, _ value: StoreValue) throws {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let place = root.place.appending(Member.uns).appending(path)
    for part in parts { try checkKey(part, at: place) }
    guard parts.first != Member.embeddings else {
      throw StoreError(.offProfile, at: place, "is the place of a block's record, which is set with the block")
    }
    try value.check(at: place)
    guard let name = parts.popLast() else { return }
    var group = try member(Member.uns, in: root)
    for part in parts { group = try member(part, in: group) }
    if try group.exists(name) { try group.remove(name) }
    try makeRoom(value.bytes)
    try value.write(name, to: group)
    input = nil
  }

  /// Takes away what is at a path from the root, such as `layers/aligned`, with the record of a block; nothing there is
  /// no error.
  package func remove(_ path: String) throws {
    guard let slash = path.lastIndex(of: "/"), try root.exists(path) else { return }
    let name = String(path[path.index(after: slash)...])
    if let block = BlockPath(path) { try forget(block) }
    if path == "\(Member.obs)/\(name)" { try forget(column: name) }
    try root.group(String(path[..<slash])).remove(name)
    input = nil
  }

  func put(_ matrix: Matrix, at path: BlockPath) throws {
    try checkShape(matrix.rows, matrix.columns, of: path)
    try matrix.checkFinite(at: place(of: path))
    try makeRoom(StoreValue.matrix(matrix).bytes)
    try matrix.write(path.name, to: room(for: path))
  }

  /// Throws unless a matrix of this shape may stand there.
  func checkShape(_ rows: Int, _ columns: Int, of path: BlockPath) throws {
    let place = place(of: path)
    try checkKey(path.name, at: place)
    guard rows == samples, path.group != .layers || columns == genes else {
      throw StoreError(
        .offProfile, at: place, "is \(rows) x \(columns); the store has \(samples) samples and \(genes) genes")
    }
  }

  /// Takes room on the disk for content of about this size, and for what HDF5 needs beside it.
  func makeRoom(_ bytes: Int) throws {
    room += bytes + bytes / 16 + (1 << 18)
    try pending.reserve(room)
  }

  /// The group that a matrix is to stand in, without one of that name and its record.
  private func room(for path: BlockPath) throws -> HDF5Group {
    try forget(path)
    let group = try member(path.group.rawValue, in: root)
    if try group.exists(path.name) { try group.remove(path.name) }
    return group
  }

  /// A matrix that is still to be written, one row a sample.
  func makeRows(at path: BlockPath, columns: Int) throws -> HDF5Dataset {
    try checkShape(samples, columns, of: path)
    try makeRoom(samples * columns * MemoryLayout<Float>.stride)
    let dataset = try Matrix.create(path.name, rows: samples, columns: columns, in: room(for: path))
    try Encoding.array.mark(dataset.attributes)
    return dataset
  }

  func put(_ column: Column, at path: BlockPath) throws {
    let obs = try root.group(Member.obs)
    let (indexName, order) = try Frame.layout(of: obs)
    let place = place(of: path)
    try column.check(path.name, besides: indexName, at: place)
    guard column.count == samples else {
      throw StoreError(.offProfile, at: place, "has \(column.count) rows; the store has \(samples) samples")
    }
    try forget(path)
    if try obs.exists(path.name) { try obs.remove(path.name) }
    try makeRoom(column.bytes)
    try column.write(path.name, to: obs)
    if !order.contains(path.name) { try obs.attributes.set(Frame.orderKey, order + [path.name]) }
  }

  /// Takes a name out of the order of the table of samples.
  private func forget(column name: String) throws {
    let obs = try root.group(Member.obs)
    let (indexName, order) = try Frame.layout(of: obs)
    guard name != indexName else {
      throw StoreError(.offProfile, at: place(of: BlockPath(.obs, name)), "holds the samples' names, so it stays")
    }
    try obs.attributes.set(Frame.orderKey, order.filter { $0 != name })
  }

  func place(of path: BlockPath) -> Place {
    root.place.appending(path.group.rawValue).appending(path.name)
  }

  /// The group of that name, made if it is not there.
  func member(_ name: String, in parent: HDF5Group) throws -> HDF5Group {
    if try parent.exists(name) { return try parent.group(name) }
    let group = try parent.createGroup(name)
    try Encoding.dict.mark(group.attributes)
    return group
  }
}
