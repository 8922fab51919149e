import HDF5
import Problems

extension StoreValue {
  func write(_ name: String, to parent: HDF5Group) throws {
    switch self {
    case .string(let value):
      let dataset = try parent.createDataset(name, .string, shape: [])
      try dataset.write([value])
      try Encoding.string.mark(dataset.attributes)
    case .integer(let value): try StoreValue.writeScalar(value, name, to: parent)
    case .number(let value): try StoreValue.writeScalar(value, name, to: parent)
    case .flag(let value):
      let dataset = try parent.createDataset(name, .boolean, shape: [])
      try dataset.write([value])
      try Encoding.numericScalar.mark(dataset.attributes)
    case .strings(let values): try ListCodec.write(values, name, to: parent)
    case .integers(let values): try ListCodec.write(values, name, to: parent)
    case .numbers(let values): try ListCodec.write(values, name, to: parent)
    case .matrix(let matrix): try matrix.write(name, to: parent)
    case .frame(let frame): try frame.write(name, to: parent)
    case .group(let values): try StoreValue.write(values, name, to: parent)
    }
  }

  static func write(_ values: [String: StoreValue], _ name: String, to parent: HDF5Group) throws {
    let group = try parent.createGroup(name)
    try Encoding.dict.mark(group.attributes)
    for (key, value) in values.sorted(by: { $0.key < $1.key }) { try value.write(key, to: group) }
  }

  private static func writeScalar<Number: HDF5Number>(_ value: Number, _ name: String, to parent: HDF5Group) throws {
    let dataset = try parent.createDataset(name, Number.element, shape: [])
    try dataset.write([value])
    try Encoding.numericScalar.mark(dataset.attributes)
  }

  static func read(_ name: String, from parent: HDF5Group, limit: Int = HDF5Dataset.memoryLimit) throws -> StoreValue {
    guard try parent.kind(of: name) == .group else {
      return try read(parent.dataset(name), named: name, in: parent, limit: limit)
    }
    let group = try parent.group(name)
    switch try Encoding.of(group.attributes, at: group.place) {
    case .dataframe: return .frame(try Frame.read(name, from: parent, limit: limit))
    case .dict:
      var values: [String: StoreValue] = [:]
      for child in try group.children() { values[child.name] = try read(child.name, from: group, limit: limit) }
      return .group(values)
    case let other:
      throw StoreError.offProfile(group.place, "is a \(other.rawValue), which uns of a store does not hold")
    }
  }

  private static func read(
    _ dataset: HDF5Dataset, named name: String, in parent: HDF5Group, limit: Int
  ) throws -> StoreValue {
    switch (dataset.shape.count, dataset.element) {
    case (0, .variableString), (0, .fixedString): return .string(try dataset.readStrings(limit: limit).first ?? "")
    case (0, .boolean): return .flag(try dataset.readBooleans().first ?? false)
    case (0, .integer): return .integer(try dataset.read(as: Int64.self).first ?? 0)
    case (0, .float): return .number(try dataset.read(as: Double.self).first ?? .nan)
    case (1, .variableString), (1, .fixedString): return .strings(try dataset.readStrings(limit: limit))
    case (1, .integer): return .integers(try dataset.read(as: Int64.self, limit: limit))
    case (1, .float): return .numbers(try dataset.read(as: Double.self, limit: limit))
    case (2, .float), (2, .integer): return .matrix(try Matrix.read(name, from: parent, limit: limit))
    case (let rank, let element):
      throw StoreError.offProfile(
        dataset.place, "is \(element) of \(rank) dimensions, which uns of a store does not hold")
    }
  }
}
