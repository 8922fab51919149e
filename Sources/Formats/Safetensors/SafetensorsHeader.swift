/// What the front of a safetensors file says of the tensors behind it.
struct SafetensorsHeader: Equatable {
  struct Entry: Equatable {
    let name: String
    let element: SafetensorsElement
    let shape: [Int]
    /// Bytes of the tensor, counted from the end of the header.
    let range: Range<Int>

    /// Number of elements.
    var count: Int { range.count / element.size }
  }

  /// The most bytes that a header may have, as in the format's own library.
  static let limit = 100_000_000
  /// Bytes of the header's length.
  static let lengthBytes = 8
  static let metadataKey = "__metadata__"

  let metadata: [String: String]
  /// In the order of their bytes.
  let entries: [Entry]

  init(metadata: [String: String], entries: [Entry]) {
    self.metadata = metadata
    self.entries = entries
  }

  /// The header of a file that is to be written: tensors by element, then by the bytes of their names.
  init(of file: SafetensorsFile) {
    precondition(file.tensors[Self.metadataKey] == nil, "\(Self.metadataKey) cannot be the name of a tensor")
    let order = file.tensors.sorted { a, b in
      let ranks = (a.value.values.element.rank, b.value.values.element.rank)
      return ranks.0 == ranks.1 ? a.key.utf8.lexicographicallyPrecedes(b.key.utf8) : ranks.0 < ranks.1
    }
    var end = 0
    entries = order.map { name, tensor in
      let element = tensor.values.element
      let start = end
      end += tensor.values.count * element.size
      return Entry(name: name, element: element, shape: tensor.shape, range: start..<end)
    }
    metadata = file.metadata
  }

  /// The header as it stands in the file: its length, then JSON without blanks, padded so that data start on a multiple
  /// of 8 bytes.
  var encoded: [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { "\(Self.quoted($0)):\(Self.quoted($1))" }
      members.append("\(Self.quoted(Self.metadataKey)):{\(texts.joined(separator: ","))}")
    }
    for entry in entries {
      let shape = entry.shape.map(String.init).joined(separator: ",")
      let (start, end) = (entry.range.lowerBound, entry.range.upperBound)
      members.append(
        #"\#(Self.quoted(entry.name)):{"dtype":"\#(entry.element.rawValue)","shape":[\#(shape)],"#
          + #""data_offsets":[\#(start),\#(end)]}"#)
    }
    var json = Array("{\(members.joined(separator: ","))}".utf8)
    json.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
    return withUnsafeBytes(of: UInt64(json.count).littleEndian) { Array($0) } + json
  }

  /// A JSON string that escapes what it must and nothing else.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{8}": quoted += "\\b"
      case "\u{C}": quoted += "\\f"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case ..<" ":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
