import HDF5
import Problems

extension Frame {
  static let indexKey = "_index"
  static let orderKey = "column-order"

  func write(_ name: String, to parent: HDF5Group) throws {
    let group = try parent.createGroup(name)
    try Encoding.dataframe.mark(group.attributes)
    try group.attributes.set(Frame.indexKey, indexName)
    try group.attributes.set(Frame.orderKey, columns.map(\.name))
    try ListCodec.write(index, indexName, to: group)
    for named in columns { try named.column.write(named.name, to: group) }
  }

  /// Reads the frame, or of its columns those that are named.
  static func read(
    _ name: String, from parent: HDF5Group, columns: Set<String>? = nil, limit: Int = HDF5Dataset.memoryLimit
  ) throws -> Frame {
    let group = try parent.group(name)
    try Encoding.dataframe.require(group.attributes, at: group.place)
    let (indexName, order) = try layout(of: group)
    let index = try group.dataset(indexName).readStrings(limit: limit)
    var frame = Frame(indexName: indexName, index: index)
    for name in order where columns?.contains(name) ?? true {
      let column = try Column.read(name, from: group, limit: limit)
      guard column.count == index.count else {
        throw StoreError(
          .offProfile, at: Place(group.place.file, object: "\(group.place.object ?? "")/\(name)"),
          "has \(column.count) rows, its frame \(index.count)", remedy: "make the store again")
      }
      guard frame[name] == nil else { throw StoreError.offProfile(group.place, "names the column \(name) twice") }
      frame.set(name, column)
    }
    return frame
  }

  /// The name of the index and those of the columns in their order.
  static func layout(of group: HDF5Group) throws -> (indexName: String, order: [String]) {
    guard let indexName = try group.attributes.string(indexKey) else {
      throw StoreError.offProfile(group.place, "has no attribute \(indexKey)")
    }
    guard let order = try group.attributes.strings(orderKey) else {
      throw StoreError.offProfile(group.place, "has no attribute \(orderKey)")
    }
    return (indexName, order)
  }
}

extension Column {
  static let orderedKey = "ordered"
  static let codesKey = "codes"
  static let categoriesKey = "categories"

  func write(_ name: String, to group: HDF5Group) throws {
    switch self {
    case .strings(let values): try ListCodec.write(values, name, to: group)
    case .floats(let values): try ListCodec.write(values, name, to: group)
    case .doubles(let values): try ListCodec.write(values, name, to: group)
    case .int32s(let values): try ListCodec.write(values, name, to: group)
    case .booleans(let values): try ListCodec.write(values, name, to: group)
    case .categorical(let codes, let categories, let ordered):
      let column = try group.createGroup(name)
      try Encoding.categorical.mark(column.attributes)
      try column.attributes.set(Column.orderedKey, ordered)
      try ListCodec.write(categories, Column.categoriesKey, to: column)
      try ListCodec.write(codes, Column.codesKey, to: column)
    }
  }

  static func read(_ name: String, from group: HDF5Group, limit: Int = HDF5Dataset.memoryLimit) throws -> Column {
    if try group.kind(of: name) == .group {
      return try readCategorical(group.group(name), limit: limit)
    }
    let dataset = try group.dataset(name)
    guard dataset.shape.count == 1 else {
      throw StoreError.offProfile(dataset.place, "is not a column: its shape is \(dataset.shape)")
    }
    switch dataset.element {
    case .variableString, .fixedString: return .strings(try dataset.readStrings(limit: limit))
    case .boolean: return .booleans(try dataset.readBooleans(limit: limit))
    case .float(bytes: 4): return .floats(try dataset.read(as: Float.self, limit: limit))
    case .float, .integer(bytes: 8, _), .integer(bytes: 4, signed: false):
      return .doubles(try dataset.read(as: Double.self, limit: limit))
    case .integer: return .int32s(try dataset.read(as: Int32.self, limit: limit))
    case .other: throw StoreError.offProfile(dataset.place, "is \(dataset.element), which no column of a store is")
    }
  }

  static func readCategorical(_ group: HDF5Group, limit: Int = HDF5Dataset.memoryLimit) throws -> Column {
    try Encoding.categorical.require(group.attributes, at: group.place)
    guard let ordered = try group.attributes.boolean(orderedKey) else {
      throw StoreError.offProfile(group.place, "has no attribute \(orderedKey)")
    }
    let categories = try group.dataset(categoriesKey).readStrings(limit: limit)
    let codes = try group.dataset(codesKey).read(as: Int32.self, limit: limit)
    let column = Column.categorical(codes: codes, categories: categories, ordered: ordered)
    if let fault = column.fault {
      throw StoreError(.offProfile, at: group.place, fault, remedy: "make the store again")
    }
    return column
  }

  /// Throws as `readCategorical` does, and holds a block of codes at a time.
  static func examineCategorical(_ group: HDF5Group) throws {
    guard try group.attributes.boolean(orderedKey) != nil else { _ = try readCategorical(group); return }
    let (categories, codes) = (try group.dataset(categoriesKey).readStrings(), try group.dataset(codesKey))
    for rows in try codes.rowBlocks() {
      let block = Column.categorical(
        codes: try codes.read(rows, as: Int32.self), categories: categories, ordered: false)
      guard block.fault == nil else { _ = try readCategorical(group); return }
    }
    if let fault = Column.categorical(codes: [], categories: categories, ordered: false).fault {
      throw StoreError(.offProfile, at: group.place, fault, remedy: "make the store again")
    }
  }

  /// What is wrong with the column itself, if anything is.
  var fault: String? {
    guard case .categorical(let codes, let categories, _) = self else { return nil }
    if let name = firstDuplicate(categories) { return "has the category \(name.debugDescription) twice" }
    if let row = codes.firstIndex(where: { $0 < -1 || $0 >= categories.count }) {
      return "has the code \(codes[row]) in row \(row + 1), but \(categories.count) categories"
    }
    return nil
  }
}

/// The first name that stands there a second time.
func firstDuplicate(_ names: [String]) -> String? {
  var seen = Set<String>(minimumCapacity: names.count)
  return names.first { !seen.insert($0).inserted }
}
