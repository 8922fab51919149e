import HDF5
import Problems

extension StoreExamination {
  /// Members, encodings and shapes; reads every data set once, so that each checksum is looked at.
  mutating func examineRoot(_ root: HDF5Group) throws {
    try Encoding.anndata.require(root.attributes, at: root.place)
    let children = try root.children()
    for child in children where !Member.all.contains(child.name) {
      report(
        .error, root.place.appending(child.name), "may not stand at the root of a store: readers refuse it",
        remedy: "put it under /uns")
    }
    for name in [Member.x, Member.obs, Member.genes] where !children.contains(where: { $0.name == name }) {
      report(.error, root.place.appending(name), "is not there")
    }
    for child in children where Member.all.contains(child.name) {
      collect(root.place.appending(child.name)) { try $0.examine(child, in: root) }
    }
    collect(root.place) { try $0.examineShapes(root) }
    collect(root.place.appending(Member.uns)) { try $0.examineRecords(root) }
  }

  private mutating func examine(_ child: HDF5Group.Child, in parent: HDF5Group) throws {
    let place = parent.place.appending(child.name)
    switch child.kind {
    case .group: try examine(parent.group(child.name))
    case .dataset: try examine(parent.dataset(child.name))
    case .other: throw StoreError.offProfile(place, "is neither a group nor a data set")
    }
  }

  private mutating func examine(_ group: HDF5Group) throws {
    switch try Encoding.of(group.attributes, at: group.place) {
    case .dataframe: try examineFrame(group)
    case .categorical: try examineCategorical(group)
    case .dict, .anndata:
      for child in try group.children() {
        collect(group.place.appending(child.name)) { try $0.examine(child, in: group) }
      }
    case .csr, .csc:
      guard try group.attributes.numbers("shape", as: Int64.self)?.count == 2 else {
        throw StoreError.offProfile(group.place, "has no attribute shape of two numbers")
      }
      for part in ["data", "indices", "indptr"] { try readAll(group.dataset(part)) }
    case .array, .stringArray, .string, .numericScalar:
      throw StoreError.offProfile(group.place, "is a group with the encoding of a data set")
    }
  }

  private mutating func examine(_ dataset: HDF5Dataset) throws {
    try examineKind(dataset)
    // X is read block by block when its values are examined.
    if dataset.place.object == "/\(Member.x)" {
      try requireWhole(dataset)
    } else if isBlock(dataset) {
      try examineBlock(dataset)
    } else {
      try readAll(dataset)
    }
  }

  /// The type and the shape are those of the encoding.
  private func examineKind(_ dataset: HDF5Dataset) throws {
    let encoding = try Encoding.of(dataset.attributes, at: dataset.place)
    let fits =
      switch encoding {
      case .array: !dataset.element.isString && !dataset.shape.isEmpty
      case .stringArray: dataset.element.isString && !dataset.shape.isEmpty
      case .string: dataset.element.isString && dataset.shape.isEmpty
      case .numericScalar: !dataset.element.isString && dataset.shape.isEmpty
      case .anndata, .dataframe, .categorical, .dict, .csr, .csc: false
      }
    guard fits else {
      throw StoreError.offProfile(
        dataset.place, "is \(dataset.element) of shape \(dataset.shape), which is no \(encoding.rawValue)")
    }
  }

  func requireWhole(_ dataset: HDF5Dataset) throws {
    guard try dataset.isWhole() else {
      throw StoreError(
        .damaged, at: dataset.place, "was not written to its end; what is missing reads as zeros",
        remedy: "make the store again")
    }
  }

  /// Reads a data set in blocks of about a megabyte, for its checksums' sake.
  private func readAll(_ dataset: HDF5Dataset) throws {
    try requireWhole(dataset)
    guard !dataset.shape.isEmpty else {
      _ = dataset.element.isString ? try dataset.readStrings().count : try readNumbers(dataset, nil)
      return
    }
    for rows in try dataset.rowBlocks() {
      _ = dataset.element.isString ? try dataset.readStrings(rows).count : try readNumbers(dataset, rows)
    }
  }

  private func readNumbers(_ dataset: HDF5Dataset, _ rows: Range<Int>?) throws -> Int {
    switch dataset.element {
    case .boolean: try dataset.readBooleans(rows).count
    case .float(bytes: 4): try dataset.read(rows, as: Float.self).count
    case .integer(bytes: 8, signed: false), .float: try dataset.read(rows, as: Double.self).count
    default: try dataset.read(rows, as: Int64.self).count
    }
  }

  private mutating func examineFrame(_ group: HDF5Group) throws {
    let (indexName, order) = try Frame.layout(of: group)
    let index = try group.dataset(indexName)
    try examineIndex(index)
    if let name = firstDuplicate(order) {
      report(.error, group.place, "names the column \(name.debugDescription) twice in \(Frame.orderKey)")
    }
    let children = try group.children()
    let names = Set(children.map(\.name))
    for name in order where !names.contains(name) {
      report(.error, group.place.appending(name), "is named in \(Frame.orderKey), but not there")
    }
    for child in children {
      let place = group.place.appending(child.name)
      if child.name != indexName, !order.contains(child.name) {
        report(.error, place, "is not named in \(Frame.orderKey), so readers do not see it")
      }
      collect(place) { examination in
        guard child.name != indexName else {
          let dataset = try group.dataset(indexName)
          try examination.examineKind(dataset)
          return try examination.requireWhole(dataset)
        }
        try examination.examine(child, in: group)
        let rows = try examination.columnRows(child, in: group)
        guard rows == index.rows else {
          throw StoreError(
            .offProfile, at: place, "has \(rows) rows, its frame \(index.rows)", remedy: "make the store again")
        }
      }
    }
  }

  /// Names of rows are unique and not empty. Numbers in their order are looked at in blocks: tables of pairs are long.
  private mutating func examineIndex(_ dataset: HDF5Dataset) throws {
    let isCounted = try dataset.rowBlocks().allSatisfy { rows in
      try zip(rows, dataset.readStrings(rows)).allSatisfy { String($0) == $1 }
    }
    guard !isCounted else { return }
    let index = try dataset.readStrings()
    if let name = firstDuplicate(index) {
      report(.error, dataset.place, "has the name \(name.debugDescription) twice")
    }
    if let row = index.firstIndex(of: "") { report(.error, dataset.place, "has no name in row \(row + 1)") }
  }

  private func columnRows(_ child: HDF5Group.Child, in group: HDF5Group) throws -> Int {
    guard child.kind == .group else { return try group.dataset(child.name).rows }
    return try group.group(child.name).dataset(Column.codesKey).rows
  }

  private mutating func examineCategorical(_ group: HDF5Group) throws {
    if case .integer(_, signed: false) = try group.dataset(Column.codesKey).element {
      report(.error, group.place.appending(Column.codesKey), "is unsigned, which R cannot read")
    }
    try readAll(group.dataset(Column.codesKey))
    try readAll(group.dataset(Column.categoriesKey))
    try Column.examineCategorical(group)
  }
}
