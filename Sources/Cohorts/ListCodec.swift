import HDF5
import Problems

/// Lists and single values, as data sets of one or no dimension.
enum ListCodec {
  static func write<Number: HDF5Number>(_ values: [Number], _ name: String, to group: HDF5Group) throws {
    let dataset = try create(name, Number.element, values.count, in: group)
    try dataset.write(values)
    try Encoding.array.mark(dataset.attributes)
  }

  static func write(_ values: [Bool], _ name: String, to group: HDF5Group) throws {
    let dataset = try create(name, .boolean, values.count, in: group)
    try dataset.write(values)
    try Encoding.array.mark(dataset.attributes)
  }

  static func write(_ values: [String], _ name: String, to group: HDF5Group) throws {
    let dataset = try group.createDataset(name, .string, shape: [values.count])
    try dataset.write(values)
    try Encoding.stringArray.mark(dataset.attributes)
  }

  /// A list in chunks of at most a megabyte, with checksums.
  static func create(
    _ name: String, _ element: HDF5Element, _ count: Int, in group: HDF5Group
  ) throws -> HDF5Dataset {
    guard count > 0 else { return try group.createDataset(name, element, shape: [0]) }
    let chunk = min(count, Matrix.chunkBytes / element.bytes)
    return try group.createDataset(name, element, shape: [count], chunks: [chunk], filter: .fletcher32)
  }
}
