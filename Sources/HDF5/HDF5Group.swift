import CHDF5
import Problems

/// A group: a folder of groups and data sets.
package final class HDF5Group: Sendable {
  package struct Child: Sendable, Equatable {
    package enum Kind: Sendable, Equatable { case group, dataset, other }
    package let name: String
    package let kind: Kind
  }

  let handle: Handle
  let file: String
  /// Path inside the file, "" for the root.
  let path: String

  init(handle: Handle, path: String, file: String) {
    self.handle = handle
    self.path = path
    self.file = file
  }

  package var place: Place { Place(file, object: path.isEmpty ? "/" : path) }

  package var attributes: HDF5Attributes { HDF5Attributes(handle: handle, file: file, object: path) }

  /// What is in the group, in the order of the names' bytes.
  package func children() throws -> [Child] {
    try names().map { Child(name: $0, kind: try kind(of: $0) ?? .other) }
  }

  /// What `name` is, or nil if there is nothing of that name; `name` may be a path below this group.
  package func kind(of name: String) throws -> Child.Kind? {
    var prefix = ""
    var found: Child.Kind?
    for part in name.split(separator: "/") {
      guard prefix.isEmpty || found == .group else { return nil }
      prefix += prefix.isEmpty ? String(part) : "/\(part)"
      let isLinked = try Library.call(.unreadable, at: place(of: prefix), "cannot look for the object") {
        H5Lexists(handle.id, prefix, 0)
      }
      guard isLinked > 0 else { return nil }
      found = try kind(ofLinked: prefix)
    }
    return found
  }

  private func kind(ofLinked path: String) throws -> Child.Kind {
    let scope = Scope(at: place(of: path))
    defer { scope.close() }
    let id = try scope.keep(.unreadable, "cannot open the object", H5Oclose) { H5Oopen(handle.id, path, 0) }
    return Library.locked {
      switch H5Iget_type(id) {
      case H5I_GROUP: .group
      case H5I_DATASET: .dataset
      default: .other
      }
    }
  }

  /// Whether `name`, which may be a path below this group, is there.
  package func exists(_ name: String) throws -> Bool { try kind(of: name) != nil }

  package func group(_ name: String) throws -> HDF5Group {
    try require(.group, name)
    let id = try Library.call(.unreadable, at: place(of: name), "cannot open the group") {
      H5Gopen2(handle.id, name, 0)
    }
    return HDF5Group(handle: Handle(id, H5Gclose, owner: handle), path: "\(path)/\(name)", file: file)
  }

  package func dataset(_ name: String) throws -> HDF5Dataset {
    try require(.dataset, name)
    let id = try Library.call(.unreadable, at: place(of: name), "cannot open the data set") {
      H5Dopen2(handle.id, name, 0)
    }
    return try HDF5Dataset(handle: Handle(id, H5Dclose, owner: handle), place: place(of: name), isNew: false)
  }

  package func createGroup(_ name: String) throws -> HDF5Group {
    let place = place(of: name)
    let scope = Scope(at: place)
    defer { scope.close() }
    let links = try linkList(for: name, in: scope)
    let creation = try scope.keep(.unwritable, "cannot set how the group is made", H5Pclose) {
      H5Pcreate(CHDF5_group_create())
    }
    try Library.call(.unwritable, at: place, "cannot switch times off") { H5Pset_obj_track_times(creation, false) }
    let id = try Library.call(.unwritable, at: place, "cannot create the group") {
      H5Gcreate2(handle.id, name, links, creation, 0)
    }
    return HDF5Group(handle: Handle(id, H5Gclose, owner: handle), path: "\(path)/\(name)", file: file)
  }

  /// Makes a data set whose elements are still to be written.
  ///
  /// A `shape` of `[]` is a single value. `chunks` is the shape of a chunk; nil keeps the data in one piece, which
  /// rules out filters. The library has no filter for strings of their own length.
  package func createDataset(
    _ name: String, _ element: HDF5Element, shape: [Int], chunks: [Int]? = nil, filter: HDF5Filter = .none
  ) throws -> HDF5Dataset {
    let place = place(of: name)
    let scope = Scope(at: place)
    defer { scope.close() }
    let links = try linkList(for: name, in: scope)
    let type = try element.fileType(in: scope, at: place)
    let space = try Dataspace.make(shape, in: scope)
    let creation = try scope.keep(.unwritable, "cannot set how the data set is made", H5Pclose) {
      H5Pcreate(CHDF5_dataset_create())
    }
    try Library.call(.unwritable, at: place, "cannot set chunks of \(chunks ?? []) with filter \(filter)") {
      var status = H5Pset_obj_track_times(creation, false)
      if status >= 0, let chunks {
        status = H5Pset_chunk(creation, Int32(chunks.count), chunks.map { hsize_t($0) })
      }
      if status >= 0 { status = filter.add(to: creation) }
      return status
    }
    let id = try Library.call(.unwritable, at: place, "cannot create the data set") {
      H5Dcreate2(handle.id, name, type, space, links, creation, 0)
    }
    return try HDF5Dataset(handle: Handle(id, H5Dclose, owner: handle), place: place, isNew: true)
  }

  /// Takes `name` out of the group; the file does not shrink.
  package func remove(_ name: String) throws {
    try Library.call(.unwritable, at: place(of: name), "cannot remove the object") { H5Ldelete(handle.id, name, 0) }
  }

  private func place(of name: String) -> Place { Place(file, object: "\(path)/\(name)") }

  /// Names that are not ASCII are declared as UTF-8, as h5py does it.
  private func linkList(for name: String, in scope: Scope) throws -> hid_t {
    guard !name.isEmpty, name != ".", !name.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0 }) else {
      throw HDF5Error(.unwritable, at: place(of: name), "\(name.debugDescription) cannot be the name of an object")
    }
    let links = try scope.keep(.unwritable, "cannot set how the link is made", H5Pclose) {
      H5Pcreate(CHDF5_link_create())
    }
    if name.utf8.contains(where: { $0 >= 0x80 }) {
      try Library.call(.unwritable, at: place(of: name), "cannot declare the name as UTF-8") {
        H5Pset_char_encoding(links, H5T_CSET_UTF8)
      }
    }
    return links
  }

  private func require(_ kind: Child.Kind, _ name: String) throws {
    let what = kind == .group ? "group" : "data set"
    guard let found = try self.kind(of: name) else {
      let siblings = try names().prefix(12).joined(separator: ", ")
      throw HDF5Error(
        .missing, at: place(of: name), "there is no such \(what)",
        remedy: siblings.isEmpty ? "\(place) is empty" : "\(place) holds: \(siblings)")
    }
    guard found == kind else { throw HDF5Error(.mismatch, at: place(of: name), "is not a \(what)") }
  }

  private func names() throws -> [String] {
    var names: [String] = []
    try withUnsafeMutablePointer(to: &names) { pointer in
      _ = try Library.call(.unreadable, at: place, "cannot list the group") {
        H5Literate(
          handle.id, H5_INDEX_NAME, H5_ITER_INC, nil,
          { _, name, _, context in
            guard let name, let names = context?.assumingMemoryBound(to: [String].self) else { return -1 }
            names.pointee.append(String(cString: name))
            return 0
          }, pointer)
      }
    }
    return names
  }
}
