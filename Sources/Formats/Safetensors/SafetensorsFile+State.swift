import Problems

extension SafetensorsFile {
  /// Reads the state dictionary of a network: a safetensors file, or one of PyTorch's, of the layout since 1.6 or that
  /// before.
  ///
  /// Throws `FormatError`, `.wrongFormat` where a PyTorch file holds something else than a dictionary of tensors.
  package init(readingState path: String) throws {
    guard try Self.isTorchFile(path) else {
      try self.init(reading: path)
      return
    }
    guard let dictionary = try PickleFile.read(path: path).dictionary else {
      throw FormatError(
        .wrongFormat, at: Place(path), "holds no dictionary of tensors",
        remedy: "save the network's state_dict, not the network")
    }
    var tensors: [String: Safetensor] = [:]
    for entry in dictionary.entries {
      guard let name = entry.key.string, let tensor = entry.value.tensor else {
        throw FormatError(
          .wrongFormat, at: Place(path, field: entry.key.string ?? "?"), "is no tensor with a name",
          remedy: "save the network's state_dict alone")
      }
      tensors[name] = Safetensor(tensor)
    }
    self.init(tensors: tensors)
    self.path = path
  }

  /// PyTorch's files are zip archives or pickles; the header of a safetensors file begins with a length whose upper
  /// bytes are zero.
  private static func isTorchFile(_ path: String) throws -> Bool {
    let file = try FileSource(path)
    var head = [UInt8](repeating: 0, count: 8)
    let count = try head.withUnsafeMutableBytes { try file.read(into: $0) }
    return count < 8 || head.starts(with: [0x50, 0x4B]) || head[0] == 0x80 && head[4...7] != [0, 0, 0, 0]
  }
}

extension Safetensor {
  /// The same numbers; whole ones stay whole, others become single-precision.
  init(_ tensor: TorchTensor) {
    switch tensor.element {
    case .float16, .bfloat16, .float32, .float64: self.init(shape: tensor.shape, tensor.floats())
    case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .boolean:
      self.init(shape: tensor.shape, values: .integers(tensor.integers().map(Int64.init)))
    }
  }
}
