import Problems

extension PickleMachine {
  /// What a global makes of its arguments.
  mutating func call(_ global: PickleGlobal, _ arguments: [Slot]) throws -> Slot {
    switch global {
    case .orderedDictionary, .set: return try callContainer(global, arguments)
    case .defaultDictionary: return add(.dictionary([]))
    case .encode, .byteArray: return try callBytes(arguments)
    case .torchSize, .torchParameter, .torchDevice:
      guard let first = arguments.first else { throw wrongArguments(global) }
      return first
    case .torchTensor: return try callTensor(arguments)
    case .torchLoadFromBytes:
      guard let data = arguments.first.flatMap(data) else { throw wrongArguments(global) }
      return try loadTorch(data)
    case .numpyDType:
      guard let code = arguments.first.flatMap(text) else { throw wrongArguments(global) }
      return add(.dtype(code))
    case .numpyScalar: return try callScalar(arguments)
    case .numpyReconstruct: return add(.emptyArray)
    case .numpyFromBuffer:
      guard arguments.count == 4, let data = data(arguments[0]), let shape = integers(arguments[2]) else {
        throw wrongArguments(global)
      }
      return add(.finished(try array(arguments[1], shape, isFortran: text(arguments[3]) == "F", data)))
    case .inertType, .numpyArrayType, .torchStorage: throw failure(.malformed, "a type is called")
    }
  }

  /// BUILD: gives an object the state that follows it in the pickle.
  mutating func setState(of index: Int, to state: Slot) throws {
    switch objects[index] {
    case .dictionary: return  // Attributes of an OrderedDict, such as a state dict's _metadata: no part of the data.
    case .dtype(let code):
      guard let fields = tuple(state), fields.count >= 2, let order = text(fields[1]) else {
        throw failure(.malformed, "the state of a dtype is not known")
      }
      if order == ">" { objects[index] = .dtype(">" + code) }
    case .emptyArray:
      guard let fields = tuple(state), fields.count == 5, let shape = integers(fields[1]), let data = data(fields[4])
      else { throw failure(.wrongFormat, "an array of objects, not of numbers, is not read") }
      var isFortran = false
      if case .boolean(true) = fields[3] { isFortran = true }
      if case .integer(1) = fields[3] { isFortran = true }
      objects[index] = .finished(try array(fields[2], shape, isFortran: isFortran, data))
    default: throw failure(.malformed, "an object is given a state that it cannot have")
    }
  }

  // MARK: Reading objects

  func text(_ slot: Slot) -> String? {
    guard case .object(let index) = slot else { return nil }
    switch objects[index] {
    case .string(let start, let count): return String(decoding: input[start..<(start + count)], as: UTF8.self)
    case .finished(.string(let text)): return text
    default: return nil
    }
  }

  func tuple(_ slot: Slot) -> [Slot]? {
    guard case .object(let index) = slot, case .tuple(let items) = objects[index] else { return nil }
    return items
  }

  private func data(_ slot: Slot) -> ArraySlice<UInt8>? {
    guard case .object(let index) = slot else { return nil }
    switch objects[index] {
    case .bytes(let start, let count), .string(let start, let count): return input[start..<(start + count)]
    case .ownBytes(let bytes): return bytes[...]
    default: return nil
    }
  }

  private func integers(_ slot: Slot) -> [Int]? {
    guard let items = tuple(slot), items.count <= 32 else { return nil }
    var integers: [Int] = []
    for item in items {
      guard case .integer(let integer) = item else { return nil }
      integers.append(integer)
    }
    return integers
  }

  private func wrongArguments(_ global: PickleGlobal) -> FormatError {
    failure(.malformed, "\(global) has the wrong arguments")
  }

  // MARK: Building objects

  private mutating func callContainer(_ global: PickleGlobal, _ arguments: [Slot]) throws -> Slot {
    var items: [Slot] = []
    if let first = arguments.first {
      guard case .object(let index) = first, case .list(let listed) = objects[index] else {
        throw wrongArguments(global)
      }
      items = listed
    }
    try spend(2 * items.count)
    if global == .set { return add(.set(items)) }
    var flat: [Slot] = []
    for item in items {
      guard case .object(let index) = item else { throw wrongArguments(global) }
      switch objects[index] {
      case .list(let pair) where pair.count == 2, .tuple(let pair) where pair.count == 2: flat += pair
      default: throw wrongArguments(global)
      }
    }
    return add(.dictionary(flat))
  }

  /// `bytearray(b)` and `_codecs.encode(text, 'latin1')`: how protocols 0 to 2 write bytes.
  private mutating func callBytes(_ arguments: [Slot]) throws -> Slot {
    guard let first = arguments.first else { return add(.ownBytes([])) }
    guard arguments.count == 2, let text = text(first) else {
      guard data(first) != nil else { throw failure(.malformed, "bytes are made of something else") }
      return first
    }
    try spend(text.utf8.count)
    let bytes = try text.unicodeScalars.map { scalar in
      guard let byte = UInt8(exactly: scalar.value) else { throw failure(.malformed, "a text is not Latin-1") }
      return byte
    }
    return add(.ownBytes(bytes))
  }

  private mutating func callTensor(_ arguments: [Slot]) throws -> Slot {
    guard arguments.count >= 4, case .integer(let offset) = arguments[1], let shape = integers(arguments[2]),
      let strides = integers(arguments[3])
    else { throw wrongArguments(.torchTensor) }
    return add(.view(View(storage: arguments[0], offset: offset, shape: shape, strides: strides)))
  }

  private mutating func loadTorch(_ data: ArraySlice<UInt8>) throws -> Slot {
    guard level < 3 else { throw failure(.tooLarge, "pickles are wrapped in pickles more than three times") }
    try spend(Self.wrappedBudget(data.count))
    return add(.finished(try LegacyTorch.read(data, at: place, limits: limits, level: level + 1)))
  }

  private func element(_ dtype: Slot) throws -> PickledElement {
    guard case .object(let index) = dtype, case .dtype(let code) = objects[index] else {
      throw failure(.malformed, "a dtype is missing")
    }
    let plain = code.hasPrefix("<") || code.hasPrefix("|") || code.hasPrefix("=") ? String(code.dropFirst()) : code
    guard let element = PickledElement(numpy: plain) else {
      throw failure(.wrongFormat, "elements of NumPy's type \(code) are not read")
    }
    return element
  }

  private func array(_ dtype: Slot, _ shape: [Int], isFortran: Bool, _ data: ArraySlice<UInt8>) throws -> PickleValue {
    let element = try element(dtype)
    guard let array = NumpyArray(element: element, shape: shape, isFortran: isFortran, bytes: data) else {
      throw failure(.malformed, "an array of shape \(shape) does not fit its \(data.count) bytes")
    }
    return .array(array)
  }

  private mutating func callScalar(_ arguments: [Slot]) throws -> Slot {
    guard arguments.count == 2, let data = data(arguments[1]) else { throw wrongArguments(.numpyScalar) }
    let element = try element(arguments[0])
    guard data.count == element.size else { throw failure(.malformed, "a scalar has \(data.count) bytes") }
    return data.withUnsafeBytes { bytes in
      switch element {
      case .float64: .double(bytes.loadUnaligned(as: Double.self))
      case .float16, .bfloat16, .float32: .double(Double(element.float(bytes, at: 0)))
      case .boolean: .boolean(bytes[0] != 0)
      default: .integer(element.integer(bytes, at: 0))
      }
    }
  }
}
