/// Numbers names in the order in which they first come, and finds them again by their bytes.
///
/// The names lie in one buffer and are found by open addressing, so none takes memory of its own.
struct NameTable: Sendable {
  /// Number of names.
  var count: Int { ends.count }

  private var bytes: [UInt8] = []
  /// Where each name ends in `bytes`; it starts where the one before it ends.
  private var ends: [Int] = []
  /// For each slot a part of the hash of the name that is there, by which most others are told from it in little
  /// memory; `free` where there is none. A power of two of them, of which at least half are free.
  private var tags: [UInt8]
  /// For each slot the number of the name that is there.
  private var numbers: [UInt32]

  private static let free: UInt8 = 0

  /// Takes room for `capacity` names of a dozen bytes at once.
  init(capacity: Int) {
    var slots = 16
    while slots < 2 * capacity { slots *= 2 }
    tags = Array(repeating: Self.free, count: slots)
    numbers = Array(repeating: 0, count: slots)
    ends.reserveCapacity(capacity)
    bytes.reserveCapacity(12 * capacity)
  }

  /// The number of `name`: the next one where it was not there before.
  mutating func insert(_ name: UnsafeRawBufferPointer) -> Int {
    let hash = Self.hash(name)
    let slot = slot(of: name, hash: hash)
    if tags[slot] != Self.free { return Int(numbers[slot]) }
    fill(slot, with: count, hash: hash)
    bytes.append(contentsOf: name)
    ends.append(bytes.count)
    if 2 * count > tags.count { grow() }
    return count - 1
  }

  /// The number of `name`; nil where it is not there.
  func number(of name: UnsafeRawBufferPointer) -> Int? {
    let slot = slot(of: name, hash: Self.hash(name))
    return tags[slot] == Self.free ? nil : Int(numbers[slot])
  }

  /// The slot that holds `name`, or the free one where it belongs.
  private func slot(of name: UnsafeRawBufferPointer, hash: Int) -> Int {
    let tag = Self.tag(hash)
    var slot = hash & (tags.count - 1)
    while tags[slot] != Self.free, tags[slot] != tag || !isName(Int(numbers[slot]), name) {
      slot = (slot + 1) & (tags.count - 1)
    }
    return slot
  }

  private func isName(_ number: Int, _ name: UnsafeRawBufferPointer) -> Bool {
    bytes.withUnsafeBytes { $0[range(of: number)].elementsEqual(name) }
  }

  private func range(of number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

  private mutating func fill(_ slot: Int, with number: Int, hash: Int) {
    tags[slot] = Self.tag(hash)
    numbers[slot] = UInt32(number)
  }

  /// Seeded anew by each process, so that no file can be made whose names all fall into one place.
  private static func hash(_ name: UnsafeRawBufferPointer) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: name)
    return hasher.finalize()
  }

  /// The bits of the hash that the slots' numbers leave, and one that tells the tag from `free`.
  private static func tag(_ hash: Int) -> UInt8 { UInt8(truncatingIfNeeded: hash >> 56) | 1 }

  private mutating func grow() {
    tags = Array(repeating: Self.free, count: 2 * tags.count)
    numbers = Array(repeating: 0, count: tags.count)
    for number in 0..<count {
      let name = range(of: number)
      let hash = bytes.withUnsafeBytes { Self.hash(UnsafeRawBufferPointer(rebasing: $0[name])) }
      var slot = hash & (tags.count - 1)
      while tags[slot] != Self.free { slot = (slot + 1) & (tags.count - 1) }
      fill(slot, with: number, hash: hash)
    }
  }
}
