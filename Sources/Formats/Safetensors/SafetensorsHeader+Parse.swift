import Problems

extension SafetensorsHeader {
  static let remedy = "get the checkpoint again, or write it again"

  /// Parses a header's JSON and checks it against the `dataBytes` bytes behind it, before any of them is read.
  init(parsing json: [UInt8], dataBytes: Int, at place: Place) throws {
    var scanner = HeaderScanner(json, at: place)
    var names: Set<String> = []
    var metadata: [String: String] = [:]
    var entries: [Entry] = []
    try scanner.object { scanner, name in
      guard names.insert(name).inserted else {
        throw FormatError(
          .malformed, at: place.tensor(name), "the header has this name twice", remedy: Self.remedy)
      }
      if name == Self.metadataKey {
        metadata = try Self.texts(&scanner, at: place.tensor(name))
      } else {
        entries.append(try Entry(name, &scanner, at: place.tensor(name)))
      }
    }
    try scanner.finish()
    entries.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    try Self.check(entries, dataBytes: dataBytes, at: place)
    self.init(metadata: metadata, entries: entries)
  }

  private static func texts(_ scanner: inout HeaderScanner, at place: Place) throws -> [String: String] {
    var texts: [String: String] = [:]
    try scanner.object { scanner, key in
      guard texts.updateValue(try scanner.string(), forKey: key) == nil else {
        throw FormatError(.malformed, at: place, "has the key \(key.debugDescription) twice", remedy: Self.remedy)
      }
    }
    return texts
  }

  /// Each byte of the data belongs to one tensor.
  private static func check(_ entries: [Entry], dataBytes: Int, at place: Place) throws {
    var end = 0
    var previous = ""
    for entry in entries {
      let start = entry.range.lowerBound
      guard start == end else {
        let cause =
          start < end
          ? "its bytes from \(start) on are also those of \(previous)"
          : "the \(start - end) bytes before it belong to no tensor"
        throw FormatError(.malformed, at: place.tensor(entry.name), cause, remedy: remedy)
      }
      (end, previous) = (entry.range.upperBound, entry.name)
    }
    if let cut = entries.first(where: { $0.range.upperBound > dataBytes }) {
      throw FormatError(
        .truncated, at: place.tensor(cut.name),
        "ends at byte \(cut.range.upperBound) of the data, of which the file holds \(dataBytes)", remedy: remedy)
    }
    guard end == dataBytes else {
      throw FormatError(
        .malformed, at: place, "the last \(dataBytes - end) bytes belong to no tensor", remedy: remedy)
    }
  }
}

extension SafetensorsHeader.Entry {
  /// Parses what the header says of one tensor; `place` names it.
  fileprivate init(_ name: String, _ scanner: inout HeaderScanner, at place: Place) throws {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try scanner.object { scanner, key in
      switch key {
      case "dtype" where type == nil: type = try scanner.string()
      case "shape" where shape == nil: shape = try scanner.numbers()
      case "data_offsets" where offsets == nil: offsets = try scanner.numbers()
      default:
        throw FormatError(
          .malformed, at: place, "has the member \(key.debugDescription), which is unknown or there twice",
          remedy: SafetensorsHeader.remedy)
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2, offsets[0] <= offsets[1] else {
      throw FormatError(
        .malformed, at: place, "lacks its dtype, its shape or two ascending data_offsets",
        remedy: SafetensorsHeader.remedy)
    }
    guard let element = SafetensorsElement(rawValue: type) else {
      let known = SafetensorsElement.allCases.map(\.rawValue).joined(separator: ", ")
      throw FormatError(
        .wrongFormat, at: place, "is of the type \(type.debugDescription), which is not read",
        remedy: "save it as one of \(known)")
    }
    let bytes = try Self.bytes(element, shape, at: place)
    guard bytes == offsets[1] - offsets[0] else {
      throw FormatError(
        .malformed, at: place, "is \(type) of shape \(shape), \(bytes) bytes, but takes \(offsets[1] - offsets[0])",
        remedy: SafetensorsHeader.remedy)
    }
    self.init(name: name, element: element, shape: shape, range: offsets[0]..<offsets[1])
  }

  /// As many dimensions as NumPy knows.
  private static let maximalRank = 64

  private static func bytes(_ element: SafetensorsElement, _ shape: [Int], at place: Place) throws -> Int {
    guard shape.count <= maximalRank else {
      throw FormatError(
        .tooLarge, at: place, "declares \(shape.count) dimensions; \(maximalRank) are the most",
        remedy: SafetensorsHeader.remedy)
    }
    var bytes = element.size
    for length in shape {
      let (product, isOverflow) = bytes.multipliedReportingOverflow(by: length)
      guard !isOverflow else {
        throw FormatError(
          .tooLarge, at: place, "declares the shape \(shape), which no memory holds", remedy: SafetensorsHeader.remedy)
      }
      bytes = product
    }
    return bytes
  }
}

extension Place {
  /// The place of a tensor in this file.
  func tensor(_ name: String) -> Place { Place(file, field: name) }
}
