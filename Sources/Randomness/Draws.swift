import Glibc

extension RandomNumberGenerator {
  /// A number in 0..<1, one of 2^24.
  package mutating func uniform() -> Float { Float(next() >> 40) / 16_777_216 }

  /// A number of the normal distribution with mean 0 and deviation 1 (Box and Muller 1958).
  package mutating func normal() -> Float {
    let radius = (-2 * log(1 - Double(next() >> 11) / 0x1p53)).squareRoot()
    return Float(radius * cos(2 * .pi * Double(next() >> 11) / 0x1p53))
  }

  /// A whole number below `limit`, all equally likely (Lemire 2019, algorithm 5).
  ///
  /// Written out, as the standard library does not promise the same numbers in its next version.
  package mutating func below(_ limit: Int) -> Int {
    precondition(limit > 0, "a number below \(limit)")
    let limit = UInt64(limit)
    var product = next().multipliedFullWidth(by: limit)
    if product.low < limit {
      let least = (0 &- limit) % limit
      while product.low < least { product = next().multipliedFullWidth(by: limit) }
    }
    return Int(product.high)
  }

  /// The numbers below `count` in random order (Fisher and Yates).
  package mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, below(last + 1)) }
    return order
  }
  /// The elements in random order, by the standard library's rule of today, written out for the same reason.
  package mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var elements = elements
    for first in elements.indices.dropLast() { elements.swapAt(first, first + below(elements.count - first)) }
    return elements
  }
}
