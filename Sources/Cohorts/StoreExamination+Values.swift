import HDF5
import Problems

extension StoreExamination {
  static let unitPath = "uns/expression/unit"
  static let panelPath = "uns/expression/genes"
  static let measuredKey = "measured"

  /// X is finite and what its unit allows, and a gene that was not measured is 0 throughout.
  mutating func examineValues(_ root: HDF5Group) throws {
    let genes = try Frame.read(Member.genes, from: root)
    collect(root.place.appending(Member.genes)) { try $0.examinePanel(genes, root) }
    guard try root.kind(of: Member.x) == .dataset else {
      report(.warning, root.place.appending(Member.x), "is sparse; its values were not examined", remedy: nil)
      return
    }
    let dataset = try Matrix.dataset(Member.x, in: root)
    let unmeasured = try unmeasuredGenes(genes, root)
    var unit: String?
    if try root.exists(StoreExamination.unitPath) {
      unit = try root.group("uns/expression").dataset("unit").readStrings().first
    }
    let range = unit.flatMap(PlausibleRange.of(unit:))
    let height = try blockHeight(of: dataset)
    for start in stride(from: 0, to: dataset.rows, by: height) {
      let rows = start..<min(dataset.rows, start + height)
      let values = try dataset.read(rows, as: Float.self)
      let block = Block(values: values, start: start, columns: genes.index.count, place: dataset.place)
      guard examine(block, genes: genes.index, unmeasured: unmeasured, range: range, unit: unit) else { return }
    }
  }

  private struct Block {
    let values: [Float]
    let start: Int
    let columns: Int
    let place: Place

    func name(_ position: Int, _ genes: [String]) -> String {
      "\(values[position]) in row \(start + position / columns + 1), gene \(genes[position % columns])"
    }
  }

  /// Reports the first fault of a block; false ends the search.
  private mutating func examine(
    _ block: Block, genes: [String], unmeasured: [Int], range: ClosedRange<Float>?, unit: String?
  ) -> Bool {
    let values = block.values
    if let position = values.firstIndex(where: { !$0.isFinite }) {
      report(
        .error, block.place, "is \(block.name(position, genes))",
        remedy: "a gene that was not measured is 0 with var/measured false; make the store again")
      return false
    }
    for row in 0..<(values.count / max(1, block.columns)) {
      for column in unmeasured where values[row * block.columns + column] != 0 {
        report(
          .error, block.place,
          "is \(block.name(row * block.columns + column, genes)), which var/measured says was not measured")
        return false
      }
    }
    if let range, let unit, let position = values.firstIndex(where: { !range.contains($0) }) {
      report(
        .error, block.place,
        "is \(block.name(position, genes)); \(unit) lies between \(range.lowerBound) and \(range.upperBound)",
        remedy: "the unit in uns/expression/unit is not that of the values: correct the configuration, ingest again")
      return false
    }
    return true
  }

  private func unmeasuredGenes(_ genes: Frame, _ root: HDF5Group) throws -> [Int] {
    switch genes[StoreExamination.measuredKey] {
    case nil: return []
    case .booleans(let measured): return measured.indices.filter { !measured[$0] }
    case .strings, .categorical, .floats, .doubles, .int32s:
      throw StoreError.offProfile(
        root.place.appending(Member.genes).appending(StoreExamination.measuredKey), "is not boolean")
    }
  }

  /// A store that says how many genes its panel has, has that many.
  private mutating func examinePanel(_ genes: Frame, _ root: HDF5Group) throws {
    guard try root.exists(StoreExamination.panelPath) else { return }
    let declared = try root.group("uns/expression").dataset("genes").read(as: Int64.self).first
    if let declared, declared != genes.index.count {
      report(
        .error, root.place.appending(Member.genes),
        "has \(genes.index.count) genes, \(StoreExamination.panelPath) says \(declared)")
    }
  }
}
