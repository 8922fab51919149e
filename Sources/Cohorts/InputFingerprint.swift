import Files
import HDF5
import Problems

/// SHA-256 of what a model sees of a store: X, the samples, `measured`, the unit and the order of the genes.
///
/// What is summed is told byte by byte in docs/store-format.md, with a few lines of Python that do the same.
package struct InputFingerprint: Sendable, Hashable, CustomStringConvertible {
  /// 64 hexadecimal digits.
  package let sha256: String

  package init(sha256: String) { self.sha256 = sha256 }

  package var description: String { sha256 }

  /// The fingerprint that the cohort will have as a store.
  package init(of cohort: Cohort) throws {
    var texts: [String: String] = [:]
    for path in [Member.unit, Member.panelOrder] {
      let parts = path.split(separator: "/").map(String.init)
      if case .group(let group) = cohort.uns[parts[0]], case .string(let text) = group[parts[1]] { texts[path] = text }
    }
    let place = Place("cohort", object: "/\(Member.genes)")
    var hash = InputHash(
      unit: texts[Member.unit], panelOrder: texts[Member.panelOrder],
      measured: try cohort.genes.measured(at: place), samples: cohort.obs.index)
    hash.update(rows: cohort.x.values)
    self = hash.fingerprint()
  }

  /// Reads X in blocks, so that memory does not grow with the number of samples.
  init(of root: HDF5Group) throws {
    var hash = try InputHash(of: root, genes: Frame.read(Member.genes, from: root))
    let x = try Matrix.dataset(Member.x, in: root)
    for rows in try x.rowBlocks() { hash.update(rows: try x.read(rows, as: Float.self)) }
    self = hash.fingerprint()
  }
}

/// An input fingerprint under way.
struct InputHash: ~Copyable {
  private var sum = SHA256()
  private let genes: Int
  private var remaining: Int

  /// Begins with everything but X; a text that a store lacks counts as empty.
  init(unit: String?, panelOrder: String?, measured: [Bool], samples: [String]) {
    (genes, remaining) = (measured.count, samples.count * measured.count)
    update("therapi-input 1\n".utf8)
    part("unit", Array((unit ?? "").utf8))
    part("panel_order", Array((panelOrder ?? "").utf8))
    part("measured", measured.map { $0 ? 1 : 0 })
    part("obs", samples.flatMap { Array($0.utf8) + [0] })
    update("X \(samples.count) \(measured.count)\n".utf8)
  }

  init(of root: HDF5Group, genes: Frame) throws {
    let obs = try root.group(Member.obs)
    self.init(
      unit: try root.text(uns: Member.unit), panelOrder: try root.text(uns: Member.panelOrder),
      measured: try genes.measured(at: root.place.appending(Member.genes)),
      samples: try obs.dataset(Frame.layout(of: obs).indexName).readStrings())
  }

  /// Adds whole rows of X, in their order.
  mutating func update(rows: [Float]) {
    remaining -= rows.count
    precondition(remaining >= 0, "\(-remaining) values too many in X")
    rows.withUnsafeBytes { sum.update($0) }
  }

  /// The fingerprint, once all rows were added.
  consuming func fingerprint() -> InputFingerprint {
    precondition(remaining == 0, "\(remaining) values of X are missing")
    return InputFingerprint(sha256: sum.hex())
  }

  private mutating func part(_ name: String, _ bytes: [UInt8]) {
    update("\(name) \(bytes.count)\n".utf8)
    update(bytes)
  }

  private mutating func update(_ bytes: some Sequence<UInt8>) {
    Array(bytes).withUnsafeBytes { sum.update($0) }
  }
}

extension Frame {
  /// Whether each gene was measured; all of them, where the table does not tell.
  func measured(at place: Place) throws -> [Bool] {
    switch self[Member.measured] {
    case nil: return Array(repeating: true, count: index.count)
    case .booleans(let measured): return measured
    case .strings, .categorical, .floats, .doubles, .int32s:
      throw StoreError.offProfile(place.appending(Member.measured), "is not boolean")
    }
  }
}
