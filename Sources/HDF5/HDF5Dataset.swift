import CHDF5
import Glibc
import Problems

/// A data set: an array of numbers, booleans or strings.
package final class HDF5Dataset: Sendable {
  let handle: Handle
  package let place: Place
  package let element: HDF5Element
  /// `[]` for a single value.
  package let shape: [Int]

  /// The most a single read may take unless the caller says otherwise: half of the machine's memory.
  package static let memoryLimit = sysconf(Int32(_SC_PHYS_PAGES)) / 2 * sysconf(Int32(_SC_PAGESIZE))

  /// Why its declared size cannot be true, found when it was opened.
  private let implausibility: HDF5Error?

  /// `isNew` is true for a data set that was just made, whose data are still to come.
  init(handle: Handle, place: Place, isNew: Bool) throws {
    self.handle = handle
    self.place = place
    let scope = Scope(at: place)
    defer { scope.close() }
    let type = try scope.keep(.unreadable, "cannot read the type", H5Tclose) { H5Dget_type(handle.id) }
    let space = try scope.keep(.unreadable, "cannot read the shape", H5Sclose) { H5Dget_space(handle.id) }
    element = HDF5Element(type: type)
    shape = try Dataspace.shape(space, at: place)
    implausibility = isNew ? nil : try HDF5Dataset.implausibility(of: handle, element, shape, at: place)
  }

  /// Refuses a declared size that the bytes in the file cannot amount to: 1,400 bytes can declare 10^9 rows.
  func checkPlausible() throws {
    if let implausibility { throw implausibility }
  }

  private static func implausibility(
    of handle: Handle, _ element: HDF5Element, _ shape: [Int], at place: Place
  ) throws -> HDF5Error? {
    let small = 16.0 * 1_048_576
    let declared = shape.reduce(Double(element.bytes)) { $0 * Double($1) }
    guard declared > small else { return nil }
    // Deflate gains at most a factor of 1,032.
    let factor = try filters(of: handle, at: place).contains(1) ? 1_100.0 : 1.01
    let stored = storedBytes(of: handle)
    guard declared > Double(stored) * factor + small else { return nil }
    return HDF5Error(
      .tooLarge, at: place,
      "declares \(Dataspace.describe(shape)) elements, but only \(stored) bytes of them are in the file",
      remedy: "the file is not whole, or was made to exhaust memory: take it again from its source")
  }

  package var attributes: HDF5Attributes {
    HDF5Attributes(handle: handle, file: place.file, object: place.object ?? "")
  }

  /// The size of the first dimension, 1 for a single value.
  package var rows: Int { shape.first ?? 1 }

  /// The number of elements of one row.
  package var rowCount: Int { shape.dropFirst().reduce(1, *) }

  /// Bytes that the data take in the file.
  package var storedBytes: Int { HDF5Dataset.storedBytes(of: handle) }

  private static func storedBytes(of handle: Handle) -> Int {
    Library.locked { Int(clamping: H5Dget_storage_size(handle.id)) }
  }

  /// The shape of a chunk, nil if the data lie in one piece.
  package func chunks() throws -> [Int]? {
    try HDF5Dataset.creationList(of: handle, at: place) { list in
      guard H5Pget_layout(list) == H5D_CHUNKED else { return nil }
      var sizes = [hsize_t](repeating: 0, count: max(1, shape.count))
      guard H5Pget_chunk(list, Int32(sizes.count), &sizes) >= 0 else {
        throw Library.failure(.unreadable, at: place, "cannot read the shape of a chunk")
      }
      return sizes.map { Int(clamping: $0) }
    }
  }

  /// The filters by the library's numbers: 1 deflate, 2 shuffle, 3 Fletcher32.
  package func filters() throws -> [Int] { try HDF5Dataset.filters(of: handle, at: place) }

  private static func filters(of handle: Handle, at place: Place) throws -> [Int] {
    try creationList(of: handle, at: place) { list in
      try (0..<max(0, H5Pget_nfilters(list))).map { index in
        var flags: UInt32 = 0
        var configuration: UInt32 = 0
        var values = 0
        let filter = H5Pget_filter2(list, UInt32(index), &flags, &values, nil, 0, nil, &configuration)
        guard filter >= 0 else { throw Library.failure(.unreadable, at: place, "cannot read the filters") }
        return Int(filter)
      }
    }
  }

  /// Whether all of it was written; what was not reads as zeros, without an error.
  package func isWhole() throws -> Bool {
    guard !shape.contains(0) else { return true }
    guard let chunks = try chunks() else {
      return Library.locked {
        var status = H5D_SPACE_STATUS_ERROR
        return H5Dget_space_status(handle.id, &status) >= 0 && status == H5D_SPACE_STATUS_ALLOCATED
      }
    }
    let scope = Scope(at: place)
    defer { scope.close() }
    let space = try scope.keep(.unreadable, "cannot read the shape", H5Sclose) { H5Dget_space(handle.id) }
    var written: hsize_t = 0
    try Library.call(.unreadable, at: place, "cannot count the chunks") {
      H5Dget_num_chunks(handle.id, space, &written)
    }
    var expected = 1.0
    for (size, chunk) in zip(shape, chunks) { expected *= ((Double(size) / Double(max(1, chunk))).rounded(.up)) }
    return Double(written) >= expected
  }

  /// How `count` strings are moved: by default the library clears a megabyte for every read and write of them.
  func stringTransfer(of count: Int, in scope: Scope) throws -> hid_t {
    let list = try scope.keep(.unreadable, "cannot set how strings are moved", H5Pclose) {
      H5Pcreate(CHDF5_dataset_transfer())
    }
    let defaultBytes = 1 << 20
    try Library.call(.unreadable, at: place, "cannot set the room for strings") {
      H5Pset_buffer(list, min(max(1, count) * element.bytes, defaultBytes), nil, nil)
    }
    return list
  }

  private static func creationList<Result>(
    of handle: Handle, at place: Place, _ body: (hid_t) throws -> Result
  ) throws -> Result {
    let scope = Scope(at: place)
    defer { scope.close() }
    let list = try scope.keep(.unreadable, "cannot read how the data set was made", H5Pclose) {
      H5Dget_create_plist(handle.id)
    }
    return try Library.locked { try body(list) }
  }
}
