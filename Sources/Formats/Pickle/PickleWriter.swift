/// Writes dicts of numbers by name as a pickle of protocol 2, which every Python 3 reads.
package enum PickleWriter {
  /// Whole numbers of 32 bits, in the order of `entries`.
  package static func dictionary(_ entries: [(String, Int32)]) -> [UInt8] {
    dictionary(entries) { number in
      [UInt8(ascii: "J")] + withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
  }

  /// Numbers of 64 bits, in the order of `entries`.
  package static func dictionary(_ entries: [(String, Double)]) -> [UInt8] {
    dictionary(entries) { number in
      [UInt8(ascii: "G")] + withUnsafeBytes(of: number.bitPattern.bigEndian) { Array($0) }
    }
  }

  private static func dictionary<Value>(_ entries: [(String, Value)], _ encode: (Value) -> [UInt8]) -> [UInt8] {
    // Protocol 2, an empty dict, a mark.
    var bytes: [UInt8] = [0x80, 2, UInt8(ascii: "}"), UInt8(ascii: "(")]
    for (name, value) in entries {
      let text = Array(name.utf8)
      bytes += [UInt8(ascii: "X")] + withUnsafeBytes(of: UInt32(text.count).littleEndian) { Array($0) } + text
      bytes += encode(value)
    }
    // All since the mark into the dict; the end.
    return bytes + [UInt8(ascii: "u"), UInt8(ascii: ".")]
  }
}
