import HDF5
import Problems

extension Cohort {
  /// Writes the cohort as a store, in place of one that may be there; equal cohorts give equal bytes.
  ///
  /// The store appears whole or not at all. A cohort that keeps not to the profile (NaN in X, names twice or empty,
  /// "/" in a key) is `.offProfile`; a store that another process is writing is `.locked`; `.notCommitted` leaves what
  /// was there; after `.durabilityUncertain` the new store is in place, but may not outlive a power failure.
  package func write(to path: String) throws {
    try check(for: path)
    let pending = try PendingStore(target: path)
    let file = try pending.create()
    try pending.writing { try write(to: file.root) }
    try pending.commit(file)
  }

  /// Does what can be done of `write` before there is a cohort: readies libhdf5.
  package static func prepareToWrite() { HDF5File.prepareLibrary() }

  func write(to root: HDF5Group) throws {
    try Encoding.anndata.mark(root.attributes)
    try x.write(Member.x, to: root)
    try obs.write(Member.obs, to: root)
    try genes.write(Member.genes, to: root)
    for (name, matrices) in [(Member.layers, layers), (Member.obsm, obsm)] {
      let group = try root.createGroup(name)
      try Encoding.dict.mark(group.attributes)
      for (key, matrix) in matrices.sorted(by: { $0.key < $1.key }) { try matrix.write(key, to: group) }
    }
    for name in Member.empty { try Encoding.dict.mark(root.createGroup(name).attributes) }
    try StoreValue.write(uns, Member.uns, to: root)
  }
}
