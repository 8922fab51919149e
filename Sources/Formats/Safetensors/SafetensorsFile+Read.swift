import Problems

extension SafetensorsFile {
  /// Reads a file whole: F32, F16 and BF16 as floats, F64 as doubles, I64, I32 and U8 as integers.
  ///
  /// Throws `FormatError` before memory is taken where sizes, offsets and the file's length do not agree; what is no
  /// such file is told by its name, as far as it is known.
  package init(reading path: String) throws {
    let file = try FileSource(path)
    let header = try SafetensorsHeader(from: file)
    self.init(metadata: header.metadata, tensors: [:])
    self.path = path
    for entry in header.entries { tensors[entry.name] = try Safetensor(entry, from: file) }
  }
}

extension SafetensorsHeader {
  /// Reads the header of a file that stands at its start, and leaves it at the first tensor.
  init(from file: FileSource) throws {
    let place = Place(file.path)
    guard file.size >= Self.lengthBytes else {
      throw FormatError(
        .truncated, at: place, "is only \(file.size) bytes long, too short for a checkpoint", remedy: Self.remedy)
    }
    var length: UInt64 = 0
    try withUnsafeMutableBytes(of: &length) { try file.fill($0, at: place) }
    guard let count = Int(exactly: UInt64(littleEndian: length)), count <= Self.limit else {
      if let other = try OtherFormat(of: file.path) { throw other.error(at: place) }
      throw FormatError(
        .tooLarge, at: place, "claims a header of \(length) bytes; \(Self.limit) are the most", remedy: Self.remedy)
    }
    let rest = file.size - Self.lengthBytes
    guard count <= rest else {
      if let other = try OtherFormat(of: file.path) { throw other.error(at: place) }
      throw FormatError(
        .truncated, at: place, "claims a header of \(count) bytes, but holds only \(rest)", remedy: Self.remedy)
    }
    let json = try file.values(count, UInt8.self, at: place)
    guard json.first == UInt8(ascii: "{") else {
      if let other = try OtherFormat(of: file.path) { throw other.error(at: place) }
      throw FormatError(.malformed, at: place, "its header does not begin with {", remedy: Self.remedy)
    }
    try self.init(parsing: json, dataBytes: rest - count, at: place)
  }
}

extension Safetensor {
  fileprivate init(_ entry: SafetensorsHeader.Entry, from file: FileSource) throws {
    let (count, place) = (entry.count, Place(file.path).tensor(entry.name))
    let values: Values =
      switch entry.element {
      case .float32: .floats(try file.values(count, Float.self, at: place))
      case .float64: .doubles(try file.values(count, Double.self, at: place))
      case .int64: .integers(try file.values(count, Int64.self, at: place))
      case .int32: .integers(try file.values(count, Int32.self, at: place).map(Int64.init))
      case .uint8: .integers(try file.values(count, UInt8.self, at: place).map(Int64.init))
      case .float16: .floats(try file.values(count, UInt16.self, at: place).map { Float(Float16(bitPattern: $0)) })
      case .bfloat16:
        .floats(try file.values(count, UInt16.self, at: place).map { Float(bitPattern: UInt32($0) << 16) })
      }
    self.init(shape: entry.shape, values: values)
  }
}

extension FileSource {
  /// The next `count` elements; `.truncated` where the file ends first.
  fileprivate func values<Element: BitwiseCopyable>(
    _ count: Int, _ type: Element.Type, at place: Place
  ) throws -> [Element] {
    try [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      let bytes = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count * MemoryLayout<Element>.stride)
      try fill(bytes, at: place)
      initialized = count
    }
  }

  /// Fills all of `buffer`; `.truncated` where the file ends first.
  func fill(_ buffer: UnsafeMutableRawBufferPointer, at place: Place) throws {
    var filled = 0
    while filled < buffer.count {
      let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      guard count > 0 else {
        throw FormatError(.truncated, at: place, "the file became shorter while it was read")
      }
      filled += count
    }
  }
}
