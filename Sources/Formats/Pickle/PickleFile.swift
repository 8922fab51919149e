import Problems

/// Bounds on what a pickle may build, so that a hostile one costs little more than its own size.
package struct PickleLimits: Sendable {
  /// Largest pickle or storage, in bytes.
  package var bytes = 8 << 30
  /// Most objects built, and most values met in a walk through the result.
  package var objects = 200_000_000
  /// Deepest nesting of containers.
  package var nesting = 200

  package init() {}
}

/// Reads data out of Python's pickles and PyTorch's files without ever executing what they ask for.
package enum PickleFile {
  /// Reads a pickle, or a PyTorch file of the old or the new layout, told apart by content.
  ///
  /// Throws `FormatError`; a global that is not on the closed list is named in it.
  package static func read(path: String, limits: PickleLimits = PickleLimits()) throws -> PickleValue {
    if ZipArchive.startsLikeZip(path) { return try TorchArchive.read(ZipArchive(path: path), limits: limits) }
    let file = try FileSource(path)
    return try read(file, size: file.size, at: Place(path), limits: limits)
  }

  /// Reads a pickle, or a PyTorch file of the old layout, from a stream such as a gzip file's.
  package static func read(
    _ source: any ByteSource, size: Int = 0, at place: Place, limits: PickleLimits = PickleLimits()
  ) throws -> PickleValue {
    try read(bytes: source.readWhole(limit: limits.bytes, expecting: size, at: place)[...], at: place, limits: limits)
  }

  static func read(bytes: ArraySlice<UInt8>, at place: Place, limits: PickleLimits) throws -> PickleValue {
    var machine = PickleMachine(bytes, at: place, limits: limits)
    let slot = try machine.run()
    let value = try machine.value(of: slot)
    if LegacyTorch.isMagic(value) { return try LegacyTorch.read(bytes, at: place, limits: limits, level: 0) }
    guard machine.position == bytes.endIndex else {
      throw machine.failure(.malformed, "\(bytes.endIndex - machine.position) bytes follow the pickle's end")
    }
    return value
  }
}
