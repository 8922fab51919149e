import HDF5
import Problems

extension StoreExamination {
  /// X is finite and what its unit allows, and a gene that was not measured is 0 throughout.
  mutating func examineValues(_ root: HDF5Group) throws {
    let genes = try Frame.read(Member.genes, from: root, columns: [Member.measured])
    collect(root.place.appending(Member.genes)) { try $0.examinePanel(genes, root) }
    guard try root.kind(of: Member.x) == .dataset else {
      report(.warning, root.place.appending(Member.x), "is sparse; its values were not examined", remedy: nil)
      return
    }
    let dataset = try Matrix.dataset(Member.x, in: root)
    let unit = try root.text(uns: Member.unit)
    let rules = try ValueRules(genes: genes, unit: unit, place: root.place.appending(Member.genes))
    let catalog = try BlockCatalog(root)
    var hash = catalog.hasRecords ? try InputHash(of: root, genes: genes) : nil
    for rows in try dataset.rowBlocks() {
      let values = try dataset.read(rows, as: Float.self)
      if let fault = rules.fault(in: values, firstRow: rows.lowerBound) {
        report(.error, dataset.place, fault.cause, remedy: fault.remedy)
        return
      }
      hash?.update(rows: values)
    }
    report(catalog.cachedBlocks(input: hash.take()?.fingerprint(), model: nil))
  }

  /// A store that says how many genes its panel has, has that many.
  private mutating func examinePanel(_ genes: Frame, _ root: HDF5Group) throws {
    guard try root.exists("\(Member.uns)/\(Member.panelSize)") else { return }
    let declared = try root.group("uns/expression").dataset("genes").read(as: Int64.self).first
    if let declared, declared != genes.index.count {
      report(
        .error, root.place.appending(Member.genes),
        "has \(genes.index.count) genes, uns/\(Member.panelSize) says \(declared)")
    }
  }
}
