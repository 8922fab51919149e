import Problems

extension PickleMachine {
  /// Turns what `run` returned into a value; `storage` finds the memory that lies outside of the pickle.
  func value(
    of slot: Slot, storage: @escaping (StorageReference) throws -> TorchStorage = { _ in throw NoStorage() }
  ) throws -> PickleValue {
    var builder = PickleValueBuilder(machine: self, storage: storage)
    return try builder.value(slot).value
  }

  /// A plain pickle refers to a storage outside of itself.
  struct NoStorage: Error {}
}

/// Builds values from a machine's objects, each object once, however often it is referred to.
private struct PickleValueBuilder {
  /// A value with how deep it nests and how many values a walk through it meets.
  struct Built {
    var value: PickleValue
    var height = 1
    var weight = 1
  }

  private enum State {
    case untouched
    case underWay
    case built(Built)
  }

  private let machine: PickleMachine
  private let storage: (PickleMachine.StorageReference) throws -> TorchStorage
  private var states: [State]
  private var depth = 0

  init(machine: PickleMachine, storage: @escaping (PickleMachine.StorageReference) throws -> TorchStorage) {
    self.machine = machine
    self.storage = storage
    states = Array(repeating: .untouched, count: machine.objects.count)
  }

  mutating func value(_ slot: PickleMachine.Slot) throws -> Built {
    switch slot {
    case .none: return Built(value: .none)
    case .boolean(let value): return Built(value: .boolean(value))
    case .integer(let value): return Built(value: .integer(value))
    case .double(let value): return Built(value: .double(value))
    case .object(let index): return try object(index)
    }
  }

  private mutating func object(_ index: Int) throws -> Built {
    switch states[index] {
    case .built(let built): return built
    case .underWay: throw machine.failure(.malformed, "an object holds itself")
    case .untouched: break
    }
    states[index] = .underWay
    depth += 1
    guard depth <= machine.limits.nesting else { throw tooDeep() }
    let built = try build(machine.objects[index])
    depth -= 1
    guard built.height <= machine.limits.nesting else { throw tooDeep() }
    guard built.weight <= machine.limits.objects else {
      throw machine.failure(.tooLarge, "the pickle unfolds to more than \(machine.limits.objects) values")
    }
    states[index] = .built(built)
    return built
  }

  private func tooDeep() -> FormatError {
    machine.failure(.tooLarge, "the pickle nests deeper than \(machine.limits.nesting) levels")
  }

  private mutating func build(_ object: PickleMachine.Object) throws -> Built {
    switch object {
    case .string(let start, let count):
      let bytes = machine.input[start..<(start + count)]
      return Built(value: String(validating: bytes, as: UTF8.self).map(PickleValue.string) ?? .bytes(bytes))
    case .bytes(let start, let count): return Built(value: .bytes(machine.input[start..<(start + count)]))
    case .ownBytes(let bytes): return Built(value: .bytes(bytes[...]))
    case .bigInteger(let bytes): return Built(value: .bigInteger(bytes))
    case .list(let slots): return try collect(slots, PickleValue.list)
    case .tuple(let slots): return try collect(slots, PickleValue.tuple)
    case .set(let slots): return try collect(slots, PickleValue.set)
    case .dictionary(let slots): return try dictionary(slots)
    case .finished(let value): return Built(value: value)
    case .storageReference(let reference): return Built(value: .storage(try load(reference)))
    case .view(let view): return Built(value: .tensor(try tensor(view)))
    case .global(let global): return Built(value: .string("\(global)"))
    case .dtype(let code): return Built(value: .string(code))
    case .emptyArray, .busy: throw machine.failure(.malformed, "an array never gets its content")
    }
  }

  private mutating func collect(
    _ slots: [PickleMachine.Slot], _ make: ([PickleValue]) -> PickleValue
  ) throws -> Built {
    var height = 0
    var weight = 1
    var values: [PickleValue] = []
    values.reserveCapacity(slots.count)
    for slot in slots {
      let built = try value(slot)
      height = max(height, built.height)
      weight += built.weight
      values.append(built.value)
    }
    return Built(value: make(values), height: height + 1, weight: weight)
  }

  private mutating func dictionary(_ slots: [PickleMachine.Slot]) throws -> Built {
    var height = 0
    var weight = 1
    var result = PickleDictionary()
    result.reserve(slots.count / 2)
    for at in stride(from: 0, to: slots.count, by: 2) {
      let key = try value(slots[at])
      let built = try value(slots[at + 1])
      height = max(height, key.height, built.height)
      weight += key.weight + built.weight
      result.set(key.value, to: built.value)
    }
    return Built(value: .dictionary(result), height: height + 1, weight: weight)
  }

  private func load(_ reference: PickleMachine.StorageReference) throws -> TorchStorage {
    do {
      return try storage(reference)
    } catch is PickleMachine.NoStorage {
      throw machine.failure(.missing, "the pickle refers to storage \(reference.key), which it does not hold")
    }
  }

  private mutating func tensor(_ view: PickleMachine.View) throws -> TorchTensor {
    guard case .storage(let storage) = try value(view.storage).value else {
      throw machine.failure(.malformed, "a tensor has no storage")
    }
    guard
      let tensor = TorchTensor(storage: storage, offset: view.offset, shape: view.shape, strides: view.strides)
    else {
      throw machine.failure(
        .malformed,
        "a tensor of shape \(view.shape) with strides \(view.strides) from \(view.offset) does not lie within its"
          + " storage of \(storage.count)")
    }
    return tensor
  }
}
