import TestSupport

@testable import Formats

/// Checkpoints with everything that one can hold: single values, empty tensors, any bits, names in other scripts.
struct RandomCheckpoint {
  var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func make() -> SafetensorsFile {
    var file = SafetensorsFile(tensors: [:])
    for _ in 0..<Int.random(in: 0...4, using: &generator) { file.metadata[text()] = text() }
    for _ in 0..<Int.random(in: 0...8, using: &generator) { file.tensors["t" + text()] = tensor() }
    return file
  }

  private mutating func text() -> String {
    let alphabet = Array("abcXYZ019_-. ()éß漢字🧬\"\\/\n\r\t\u{0}\u{1}\u{8}\u{C}\u{1F}\u{7F}\u{2028}").map(String.init)
    return (0..<Int.random(in: 0...8, using: &generator)).map { _ in
      alphabet.randomElement(using: &generator) ?? ""
    }.joined()
  }

  private mutating func tensor() -> Safetensor {
    let shape = (0..<Int.random(in: 0...4, using: &generator)).map { _ in Int.random(in: 0...5, using: &generator) }
    let bits = (0..<shape.reduce(1, *)).map { _ in generator.next() }
    switch Int.random(in: 0..<3, using: &generator) {
    case 0:
      return Safetensor(shape: shape, values: .floats(bits.map { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) }))
    case 1: return Safetensor(shape: shape, values: .doubles(bits.map { Double(bitPattern: $0) }))
    default: return Safetensor(shape: shape, values: .integers(bits.map { Int64(bitPattern: $0) }))
    }
  }
}

/// Whether two checkpoints are the same bit for bit.
func same(_ a: SafetensorsFile, _ b: SafetensorsFile) -> Bool {
  a.metadata == b.metadata && a.tensors.count == b.tensors.count
    && a.tensors.allSatisfy { name, tensor in
      b.tensors[name]?.shape == tensor.shape && b.tensors[name]?.values.bits == tensor.values.bits
    }
}

extension Safetensor.Values {
  /// The values' bits, which tell -0 from 0 and one NaN from another, behind a mark of their type.
  var bits: [UInt64] {
    switch self {
    case .floats(let values): [0] + values.map { UInt64($0.bitPattern) }
    case .doubles(let values): [1] + values.map(\.bitPattern)
    case .integers(let values): [2] + values.map { UInt64(bitPattern: $0) }
    }
  }
}

extension SafetensorsFile {
  /// The file's bytes.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    encode { bytes += $0 }
    return bytes
  }
}
