import Problems

/// PyTorch's layout since 1.6: a zip with `data.pkl` and one entry for each storage.
enum TorchArchive {
  static func read(_ archive: ZipArchive, limits: PickleLimits) throws -> PickleValue {
    guard let pickle = archive.entries.first(where: { $0.name == "data.pkl" || $0.name.hasSuffix("/data.pkl") }) else {
      throw FormatError(
        .missing, at: Place(archive.path), "the archive holds no data.pkl, so it is no PyTorch file")
    }
    let folder = pickle.name.dropLast("data.pkl".count)
    try checkByteOrder(archive, folder: folder)
    let place = archive.place(pickle)
    let bytes = try archive.source(pickle).readWhole(limit: limits.bytes, expecting: pickle.size, at: place)
    var machine = PickleMachine(bytes[...], at: place, limits: limits)
    let slot = try machine.run()
    var loaded: [String: ArraySlice<UInt8>] = [:]
    return try machine.value(of: slot) { reference in
      let size = reference.count * reference.element.size
      if loaded[reference.key] == nil {
        loaded[reference.key] = try load("\(folder)data/\(reference.key)", of: archive, limits: limits)[...]
      }
      guard let bytes = loaded[reference.key], bytes.count >= size else {
        throw FormatError(
          .truncated, at: Place(archive.path, object: "\(folder)data/\(reference.key)"),
          "the storage holds fewer than the \(size) bytes that its tensors need")
      }
      return TorchStorage(element: reference.element, bytes: bytes.prefix(size))
    }
  }

  private static func load(_ name: String, of archive: ZipArchive, limits: PickleLimits) throws -> [UInt8] {
    guard let entry = archive.entry(named: name) else {
      throw FormatError(.missing, at: Place(archive.path), "the archive has no entry named \(name)")
    }
    return try archive.source(entry).readWhole(
      limit: limits.bytes, expecting: entry.size, at: archive.place(entry))
  }

  private static func checkByteOrder(_ archive: ZipArchive, folder: Substring) throws {
    guard let entry = archive.entry(named: "\(folder)byteorder") else { return }
    let order = try archive.source(entry).readWhole(limit: 64, at: archive.place(entry))
    guard order == Array("little".utf8) else {
      throw FormatError(.wrongFormat, at: archive.place(entry), "the tensors were written on a big-endian machine")
    }
  }
}
