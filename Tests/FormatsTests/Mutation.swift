import TestSupport

/// One of `seeds` with a few bytes changed, taken out, put in or repeated.
func mutate(_ seeds: [String], using random: inout SeededGenerator) -> [UInt8] {
  mutate(Array((seeds.randomElement(using: &random) ?? "").utf8), using: &random)
}

func mutate(_ seed: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
  var bytes = seed
  let telling = Array("\t,;\"\n\r#!^= 0.-e\u{0}".utf8) + [0xFF, 0xFE, 0xE9]
  for _ in 0..<Int.random(in: 1..<6, using: &random) where !bytes.isEmpty {
    let index = Int.random(in: bytes.indices, using: &random)
    let byte =
      Bool.random(using: &random)
      ? telling.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes[index] = byte
    case 1: bytes.remove(at: index)
    case 2: bytes.insert(byte, at: index)
    case 3: bytes.removeLast(Int.random(in: 0..<min(bytes.count, 9), using: &random))
    default: bytes.insert(contentsOf: bytes[index..<min(bytes.count, index + 9)], at: index)
    }
  }
  return bytes
}
