import Problems

/// The virtual machine of the pickle format, reduced to building data.
///
/// Objects lie in one flat array and refer to each other by number, so that neither cycles nor deep nesting can
/// overflow the stack; `PickleMachine+Values` turns the result into a `PickleValue` within limits.
struct PickleMachine {
  /// What stands on the stack: a number, or the index of an object.
  enum Slot {
    case none
    case boolean(Bool)
    case integer(Int)
    case double(Double)
    case object(Int)
  }

  enum Object {
    /// Start and length in the input.
    case string(Int, Int)
    case bytes(Int, Int)
    case ownBytes([UInt8])
    case bigInteger([UInt8])
    case list([Slot])
    case tuple([Slot])
    case set([Slot])
    /// Keys and values in turn.
    case dictionary([Slot])
    case global(PickleGlobal)
    /// NumPy's code such as f4; its byte order follows with BUILD.
    case dtype(String)
    /// An array whose content follows with BUILD.
    case emptyArray
    indirect case storageReference(StorageReference)
    indirect case view(View)
    indirect case finished(PickleValue)
    case busy
  }

  /// A storage that lies outside of the pickle, by its key.
  struct StorageReference {
    var element: PickledElement
    var key: String
    var count: Int
  }

  struct View {
    var storage: Slot
    var offset: Int
    var shape: [Int]
    var strides: [Int]
  }

  let input: ArraySlice<UInt8>
  let place: Place
  let limits: PickleLimits
  /// How many pickles this one is wrapped in.
  let level: Int
  private(set) var position: Int
  var objects: [Object] = []
  private(set) var storageReferences: [StorageReference] = []
  private var stack: [Slot] = []
  private var marks: [Int] = []
  private var memo: [Int: Slot] = [:]
  /// Slots and bytes that may still be built: a small multiple of the input, so that nothing can blow up.
  private var budget: Int

  init(_ input: ArraySlice<UInt8>, at place: Place, limits: PickleLimits, level: Int = 0) {
    self.input = input
    self.place = place
    self.limits = limits
    self.level = level
    position = input.startIndex
    budget = level == 0 ? (1 << 20) + 4 * input.count : Self.wrappedBudget(input.count)
  }

  /// Runs up to and including STOP, and returns what stands on top; `position` is then behind it.
  mutating func run() throws -> Slot {
    while true {
      let code = try byte()
      if code == UInt8(ascii: ".") { return try pop() }
      try step(code)
      if stack.count + objects.count > limits.objects {
        throw failure(.tooLarge, "the pickle builds more than \(limits.objects) objects")
      }
    }
  }

  /// What a pickle inside of another may build, and so what it costs the outer one.
  static func wrappedBudget(_ size: Int) -> Int { size + 4096 }

  func failure(_ kind: FormatError.Kind, _ cause: String) -> FormatError {
    FormatError(kind, at: place, "\(cause) (byte \(position - input.startIndex))")
  }

  mutating func spend(_ amount: Int) throws {
    budget -= amount
    if budget < 0 { throw failure(.tooLarge, "the pickle builds far more than it holds") }
  }

  // MARK: Input

  private mutating func byte() throws -> UInt8 {
    guard position < input.endIndex else { throw failure(.truncated, "the pickle ends before its STOP") }
    defer { position += 1 }
    return input[position]
  }

  private mutating func unsigned(_ count: Int) throws -> Int {
    let range = try take(count)
    var value: UInt64 = 0
    for at in range.reversed() { value = value << 8 | UInt64(input[at]) }
    guard let value = Int(exactly: value) else { throw failure(.tooLarge, "a length of \(value) bytes is declared") }
    return value
  }

  private mutating func take(_ count: Int) throws -> Range<Int> {
    guard count <= input.endIndex - position else {
      throw failure(.truncated, "\(count) bytes are declared, \(input.endIndex - position) are left")
    }
    defer { position += count }
    return position..<(position + count)
  }

  private mutating func line() throws -> ArraySlice<UInt8> {
    guard let stop = input[position...].firstIndex(of: 0x0A) else {
      throw failure(.truncated, "the pickle ends inside a line")
    }
    defer { position = stop + 1 }
    return input[position..<stop]
  }

  // MARK: Stack

  private mutating func pop() throws -> Slot {
    guard stack.count > (marks.last ?? 0), let slot = stack.popLast() else {
      throw failure(.malformed, "an opcode finds the stack empty")
    }
    return slot
  }

  private mutating func top() throws -> Slot {
    guard stack.count > (marks.last ?? 0), let slot = stack.last else {
      throw failure(.malformed, "an opcode finds the stack empty")
    }
    return slot
  }

  private mutating func popToMark() throws -> [Slot] {
    guard let mark = marks.popLast() else { throw failure(.malformed, "an opcode finds no mark") }
    let items = Array(stack[mark...])
    stack.removeSubrange(mark...)
    return items
  }

  private mutating func popTuple(_ count: Int) throws {
    var items: [Slot] = []
    for _ in 0..<count { items.append(try pop()) }
    push(.tuple(items.reversed()))
  }

  private mutating func push(_ object: Object) { stack.append(add(object)) }

  mutating func add(_ object: Object) -> Slot {
    objects.append(object)
    return .object(objects.count - 1)
  }

  // MARK: Opcodes

  private mutating func step(_ code: UInt8) throws {
    switch code {
    case 0x80:
      let version = try byte()
      guard version <= 5 else { throw failure(.wrongFormat, "pickle protocol \(version) is not known") }
    case 0x95: _ = try take(8)
    case UInt8(ascii: "("): marks.append(stack.count)
    case UInt8(ascii: "0"): if stack.count > (marks.last ?? 0) { _ = try pop() } else { _ = try popToMark() }
    case UInt8(ascii: "1"): _ = try popToMark()
    case UInt8(ascii: "2"): stack.append(try top())
    case UInt8(ascii: "a"), UInt8(ascii: "e"), 0x90, UInt8(ascii: "s"), UInt8(ascii: "u"): try fill(code)
    case UInt8(ascii: "R"), 0x81: try reduce()
    case UInt8(ascii: "b"): try build()
    case UInt8(ascii: "c"), 0x93: try pushGlobal(code)
    case UInt8(ascii: "Q"): try pushStorageReference()
    default:
      if try stepMemo(code) || stepNumber(code) || stepText(code) || stepContainer(code) { return }
      throw failure(.malformed, "0x\(String(code, radix: 16)) is no opcode that is read here")
    }
  }

  private mutating func stepMemo(_ code: UInt8) throws -> Bool {
    switch code {
    case 0x94: memo[memo.count] = try top()
    case UInt8(ascii: "q"): memo[try unsigned(1)] = try top()
    case UInt8(ascii: "r"): memo[try unsigned(4)] = try top()
    case UInt8(ascii: "p"): memo[try number(line())] = try top()
    case UInt8(ascii: "h"): stack.append(try recall(unsigned(1)))
    case UInt8(ascii: "j"): stack.append(try recall(unsigned(4)))
    case UInt8(ascii: "g"): stack.append(try recall(number(line())))
    default: return false
    }
    return true
  }

  private func recall(_ index: Int) throws -> Slot {
    guard let slot = memo[index] else { throw failure(.malformed, "nothing was memoised as \(index)") }
    return slot
  }

  private mutating func stepNumber(_ code: UInt8) throws -> Bool {
    switch code {
    case UInt8(ascii: "N"): stack.append(.none)
    case 0x88: stack.append(.boolean(true))
    case 0x89: stack.append(.boolean(false))
    case UInt8(ascii: "K"): stack.append(.integer(try unsigned(1)))
    case UInt8(ascii: "M"): stack.append(.integer(try unsigned(2)))
    case UInt8(ascii: "J"): stack.append(.integer(Int(Int32(truncatingIfNeeded: try unsigned(4)))))
    case 0x8a: try pushInteger(take(unsigned(1)))
    case 0x8b: try pushInteger(take(unsigned(4)))
    case UInt8(ascii: "G"):
      var bits: UInt64 = 0
      for at in try take(8) { bits = bits << 8 | UInt64(input[at]) }
      stack.append(.double(Double(bitPattern: bits)))
    case UInt8(ascii: "I"):
      let text = try line()
      if text.elementsEqual("00".utf8) || text.elementsEqual("01".utf8) {
        stack.append(.boolean(text.last == UInt8(ascii: "1")))
      } else {
        stack.append(.integer(try number(text)))
      }
    case UInt8(ascii: "L"):
      let text = try line()
      stack.append(.integer(try number(text.last == UInt8(ascii: "L") ? text.dropLast() : text)))
    case UInt8(ascii: "F"):
      let text = String(decoding: try line(), as: UTF8.self)
      guard let value = Double(text) else { throw failure(.malformed, "'\(text)' is no number") }
      stack.append(.double(value))
    default: return false
    }
    return true
  }

  private func number(_ text: ArraySlice<UInt8>) throws -> Int {
    guard let number = Int(String(decoding: text, as: UTF8.self)) else {
      throw failure(.malformed, "'\(String(decoding: text.prefix(40), as: UTF8.self))' is no integer of 64 bits")
    }
    return number
  }

  private mutating func pushInteger(_ range: Range<Int>) throws {
    if range.count > 8 { return push(.bigInteger(Array(input[range]))) }
    var value = 0
    for at in range.reversed() { value = value << 8 | Int(input[at]) }
    let spare = 64 - 8 * range.count
    stack.append(.integer(range.isEmpty ? 0 : (value << spare) >> spare))
  }

  private mutating func stepText(_ code: UInt8) throws -> Bool {
    let range: Range<Int>
    switch code {
    case UInt8(ascii: "X"), UInt8(ascii: "T"), UInt8(ascii: "B"): range = try take(unsigned(4))
    case 0x8c, UInt8(ascii: "U"), UInt8(ascii: "C"): range = try take(unsigned(1))
    case 0x8d, 0x8e, 0x96: range = try take(unsigned(8))
    case UInt8(ascii: "S"), UInt8(ascii: "V"):
      try pushQuoted(line(), isQuoted: code == UInt8(ascii: "S"))
      return true
    default: return false
    }
    let isBytes = code == UInt8(ascii: "B") || code == UInt8(ascii: "C") || code == 0x8e || code == 0x96
    push(isBytes ? .bytes(range.lowerBound, range.count) : .string(range.lowerBound, range.count))
    return true
  }

  /// The text forms of protocol 0.
  private mutating func pushQuoted(_ line: ArraySlice<UInt8>, isQuoted: Bool) throws {
    var text = line
    if isQuoted {
      guard text.count >= 2, text.first == text.last,
        text.first == UInt8(ascii: "'") || text.first == UInt8(ascii: "\"")
      else { throw failure(.malformed, "a string has no quotes") }
      text = text.dropFirst().dropLast()
    }
    try spend(text.count)
    guard let plain = PickleEscapes.decode(text, hasAllEscapes: isQuoted) else {
      throw failure(.malformed, "a string holds an escape that is not known")
    }
    push(.finished(.string(plain)))
  }

  private mutating func stepContainer(_ code: UInt8) throws -> Bool {
    switch code {
    case UInt8(ascii: "]"): push(.list([]))
    case UInt8(ascii: "}"): push(.dictionary([]))
    case UInt8(ascii: ")"): push(.tuple([]))
    case 0x8f: push(.set([]))
    case UInt8(ascii: "l"): push(.list(try popToMark()))
    case UInt8(ascii: "t"): push(.tuple(try popToMark()))
    case 0x91: push(.set(try popToMark()))
    case UInt8(ascii: "d"): push(.dictionary(try pairs(popToMark())))
    case 0x85, 0x86, 0x87: try popTuple(Int(code) - 0x84)
    default: return false
    }
    return true
  }

  private func pairs(_ items: [Slot]) throws -> [Slot] {
    guard items.count % 2 == 0 else { throw failure(.malformed, "a dictionary has a key without a value") }
    return items
  }

  /// APPEND, APPENDS, ADDITEMS, SETITEM, SETITEMS.
  private mutating func fill(_ code: UInt8) throws {
    var items: [Slot]
    switch code {
    case UInt8(ascii: "a"): items = [try pop()]
    case UInt8(ascii: "s"):
      let value = try pop()
      items = [try pop(), value]
    default: items = try popToMark()
    }
    guard case .object(let index) = try top() else { throw failure(.malformed, "items are added to a number") }
    let object = objects[index]
    objects[index] = .busy
    switch (object, code) {
    case (.list(var list), UInt8(ascii: "a")), (.list(var list), UInt8(ascii: "e")):
      try append(&items, to: &list)
      objects[index] = .list(list)
    case (.set(var set), 0x90):
      try append(&items, to: &set)
      objects[index] = .set(set)
    case (.dictionary(var dictionary), UInt8(ascii: "s")), (.dictionary(var dictionary), UInt8(ascii: "u")):
      items = try pairs(items)
      try append(&items, to: &dictionary)
      objects[index] = .dictionary(dictionary)
    default:
      throw failure(.malformed, "items are added to an object that takes none")
    }
  }

  private mutating func append(_ items: inout [Slot], to list: inout [Slot]) throws {
    try spend(items.count)
    if list.isEmpty { swap(&items, &list) } else { list.append(contentsOf: items) }
  }

  // MARK: Objects

  private mutating func pushGlobal(_ code: UInt8) throws {
    let module: String
    let name: String
    if code == UInt8(ascii: "c") {
      module = String(decoding: try line(), as: UTF8.self)
      name = String(decoding: try line(), as: UTF8.self)
    } else {
      let last = try pop()
      guard let first = text(try pop()), let second = text(last) else {
        throw failure(.malformed, "a global is named by something that is no string")
      }
      (module, name) = (first, second)
    }
    guard let global = PickleGlobal(module: module, name: name) else {
      throw FormatError(
        .wrongFormat, at: place, "the pickle asks for \(module).\(name), which is not data that is read here",
        remedy: "save the data as plain numbers, arrays or tensors; nothing in a pickle is ever executed")
    }
    push(.global(global))
  }

  private mutating func reduce() throws {
    let arguments = try pop()
    guard case .object(let index) = try pop(), case .global(let global) = objects[index],
      case .object(let tuple) = arguments, case .tuple(let items) = objects[tuple]
    else { throw failure(.malformed, "something is called that cannot be") }
    stack.append(try call(global, items))
  }

  private mutating func build() throws {
    let state = try pop()
    guard case .object(let index) = try top() else { throw failure(.malformed, "a number is given a state") }
    try setState(of: index, to: state)
  }

  private mutating func pushStorageReference() throws {
    guard let items = tuple(try pop()), items.count >= 5, text(items[0]) == "storage",
      case .object(let type) = items[1], case .global(.torchStorage(let element)) = objects[type],
      let key = text(items[2]), case .integer(let count) = items[4], count >= 0, count < 1 << 48
    else { throw failure(.malformed, "a persistent id is not that of a tensor's storage") }
    let reference = StorageReference(element: element, key: key, count: count)
    storageReferences.append(reference)
    push(.storageReference(reference))
  }
}
