import HDF5
import Problems
import Synchronization

/// A store opened for reading: nothing but its outline is read until it is asked for.
package final class CohortStore: Sendable {
  package struct Block: Sendable, Equatable {
    package let name: String
    package let rows: Int
    package let columns: Int
  }

  package let path: String
  /// Number of samples.
  package let samples: Int
  /// Number of genes.
  package let genes: Int
  /// What the store says of its own bytes; nil for one of another program.
  package let seal: StoreSeal?

  let root: HDF5Group
  private let x: HDF5Dataset
  /// The fingerprint of what models see, once it was asked for: the file behind an open store does not change.
  let fingerprint = Mutex<InputFingerprint?>(nil)

  /// Opens a store, with or without a seal.
  ///
  /// The seal is checked first, at about a gigabyte a second: libhdf5 1.10 trusts the sizes in a file and may crash on
  /// a damaged one. `isChecked` false leaves that out for a file that was checked a moment ago.
  package init(_ path: String, isChecked: Bool = true) throws {
    self.path = path
    let file = try FileDescriptor.reading(path)
    seal = try StoreSeal.read(file)
    if let seal {
      let content = isChecked ? try file.sum(from: StoreSeal.length) : (seal.sha256, file.size - StoreSeal.length)
      try seal.check(content, at: Place(path))
    }
    (root, x) = try StoreError.reading {
      let root = try HDF5File.open(path).root
      try Encoding.anndata.require(root.attributes, at: root.place)
      for name in [Member.obs, Member.genes] {
        let group = try root.group(name)
        try Encoding.dataframe.require(group.attributes, at: group.place)
      }
      return (root, try Matrix.dataset(Member.x, in: root))
    }
    samples = x.shape[0]
    genes = x.shape[1]
  }

  /// The table of samples.
  package func obs() throws -> Frame { try StoreError.reading { try Frame.read(Member.obs, from: root) } }

  /// The table of genes.
  package func geneTable() throws -> Frame { try StoreError.reading { try Frame.read(Member.genes, from: root) } }

  /// X as a whole.
  package func matrix() throws -> Matrix { try StoreError.reading { try Matrix.read(Member.x, from: root) } }

  /// Some rows of X, row after row, into memory of the caller.
  package func read(_ rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    try StoreError.reading { try x.read(rows, into: buffer) }
  }

  package func layers() throws -> [Block] { try blocks(in: Member.layers) }

  package func layer(_ name: String) throws -> Matrix { try matrix(name, in: Member.layers) }

  package func obsm() throws -> [Block] { try blocks(in: Member.obsm) }

  package func obsm(_ name: String) throws -> Matrix { try matrix(name, in: Member.obsm) }

  /// The value at a path below `uns`, such as `expression/unit`; nil if there is none.
  package func value(at path: String) throws -> StoreValue? {
    try StoreError.reading {
      guard let (group, name) = try find(path) else { return nil }
      return try StoreValue.read(name, from: group)
    }
  }

  /// The names below a path of `uns`, "" for `uns` itself; empty if there are none.
  package func keys(at path: String) throws -> [String] {
    try StoreError.reading {
      let path = path.isEmpty ? Member.uns : "\(Member.uns)/\(path)"
      guard try root.kind(of: path) == .group else { return [] }
      return try root.group(path).children().map(\.name)
    }
  }

  /// Everything, in memory.
  package func cohort() throws -> Cohort {
    try StoreError.reading {
      var cohort = Cohort(x: try matrix(), obs: try obs(), genes: try geneTable())
      guard cohort.obs.index.count == samples, cohort.genes.index.count == genes else {
        throw StoreError.offProfile(
          x.place,
          "is \(samples) x \(genes), for \(cohort.obs.index.count) samples and \(cohort.genes.index.count) genes")
      }
      for block in try layers() { cohort.layers[block.name] = try layer(block.name) }
      for block in try obsm() { cohort.obsm[block.name] = try obsm(block.name) }
      for key in try keys(at: "") { cohort.uns[key] = try value(at: key) }
      return cohort
    }
  }

  private func find(_ path: String) throws -> (HDF5Group, String)? {
    guard try root.exists("\(Member.uns)/\(path)") else { return nil }
    var parts = path.split(separator: "/").map(String.init)
    guard let name = parts.popLast() else { return nil }
    return (try root.group(([Member.uns] + parts).joined(separator: "/")), name)
  }

  private func blocks(in member: String) throws -> [Block] {
    try StoreError.reading {
      guard try root.exists(member) else { return [] }
      let group = try root.group(member)
      return try group.children().map { child in
        let shape = try Matrix.dataset(child.name, in: group).shape
        return Block(name: child.name, rows: shape[0], columns: shape[1])
      }
    }
  }

  private func matrix(_ name: String, in member: String) throws -> Matrix {
    try StoreError.reading { try Matrix.read(name, from: root.group(member)) }
  }
}
