/// What a pickle may hold: data, and never anything that could run.
package enum PickleValue: Sendable, Equatable {
  case none
  case boolean(Bool)
  /// Python's integers and NumPy's integer scalars.
  case integer(Int)
  /// An integer of more than 64 bits: two's complement, lowest byte first.
  case bigInteger([UInt8])
  /// Python's floats and NumPy's floating-point scalars.
  case double(Double)
  case string(String)
  indirect case bytes(ArraySlice<UInt8>)
  case list([PickleValue])
  case tuple([PickleValue])
  /// A set or frozenset, in the order of the file.
  case set([PickleValue])
  case dictionary(PickleDictionary)
  indirect case array(NumpyArray)
  indirect case tensor(TorchTensor)
  indirect case storage(TorchStorage)
}

/// A pickled dict or OrderedDict in its own order; of equal keys the last value stays, at the first one's place.
package struct PickleDictionary: Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    package var key: PickleValue
    package var value: PickleValue
  }

  package private(set) var entries: [Entry] = []
  private var byName: [String: Int] = [:]
  private var byNumber: [Int: Int] = [:]

  package init() {}

  package var count: Int { entries.count }

  /// The value of a string key, or nil.
  package subscript(name: String) -> PickleValue? { byName[name].map { entries[$0].value } }

  package subscript(number: Int) -> PickleValue? { byNumber[number].map { entries[$0].value } }

  mutating func reserve(_ count: Int) { entries.reserveCapacity(count) }

  mutating func set(_ key: PickleValue, to value: PickleValue) {
    let known: Int?
    switch key {
    case .string(let name): known = byName.updateValue(entries.count, forKey: name)
    case .integer(let number): known = byNumber.updateValue(entries.count, forKey: number)
    default: known = nil
    }
    guard let known else { return entries.append(Entry(key: key, value: value)) }
    entries[known].value = value
    switch key {
    case .string(let name): byName[name] = known
    case .integer(let number): byNumber[number] = known
    default: break
    }
  }
}

extension PickleValue {
  package var dictionary: PickleDictionary? {
    if case .dictionary(let dictionary) = self { dictionary } else { nil }
  }

  package var string: String? {
    if case .string(let string) = self { string } else { nil }
  }

  package var integer: Int? {
    if case .integer(let integer) = self { integer } else { nil }
  }

  /// A float, or an integer as one.
  package var double: Double? {
    switch self {
    case .double(let double): double
    case .integer(let integer): Double(integer)
    default: nil
    }
  }

  package var tensor: TorchTensor? {
    if case .tensor(let tensor) = self { tensor } else { nil }
  }

  /// Items of a list or tuple.
  package var items: [PickleValue]? {
    switch self {
    case .list(let items), .tuple(let items): items
    default: nil
    }
  }
}
