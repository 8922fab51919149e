import Problems

extension Cohort {
  /// Throws at the first thing that may not be written; `path` is the store that it is meant for.
  func check(for path: String) throws {
    try obs.check(at: Place(path, object: "/obs"))
    try genes.check(at: Place(path, object: "/var"))
    try check(x, columns: genes.index.count, at: Place(path, object: "/X"))
    try checkValues(for: path)
    for (name, matrix) in layers.sorted(by: { $0.key < $1.key }) {
      let place = Place(path, object: "/layers/\(name)")
      try checkKey(name, at: place)
      try check(matrix, columns: genes.index.count, at: place)
      try matrix.checkFinite(at: place)
    }
    for (name, matrix) in obsm.sorted(by: { $0.key < $1.key }) {
      let place = Place(path, object: "/obsm/\(name)")
      try checkKey(name, at: place)
      try check(matrix, columns: matrix.columns, at: place)
      try matrix.checkFinite(at: place)
    }
    try StoreValue.group(uns).check(at: Place(path, object: "/uns"))
    if let orphan = BlockCatalog(self).orphans(in: path).first {
      throw StoreError(.offProfile, at: orphan.place, orphan.cause, remedy: BlockCatalog.orphanRemedy)
    }
  }

  private func checkValues(for path: String) throws {
    var unit: String?
    if case .group(let expression) = uns["expression"], case .string(let text) = expression["unit"] { unit = text }
    let rules = try ValueRules(genes: genes, unit: unit, place: Place(path, object: "/var"))
    guard let fault = rules.fault(in: x.values, firstRow: 0) else { return }
    throw StoreError(.offProfile, at: Place(path, object: "/X"), fault.cause, remedy: fault.remedy)
  }

  private func check(_ matrix: Matrix, columns: Int, at place: Place) throws {
    guard matrix.rows == obs.index.count, matrix.columns == columns else {
      throw StoreError(
        .offProfile, at: place,
        "is \(matrix.rows) x \(matrix.columns); with \(obs.index.count) samples it must be \(obs.index.count) x \(columns)"
      )
    }
  }
}

extension Frame {
  func check(at place: Place) throws {
    try checkKey(indexName, at: place)
    if let name = firstDuplicate(index) {
      throw StoreError(
        .offProfile, at: place, "has the \(indexName) \(name.debugDescription) twice",
        remedy: "keep one of them, or tell them apart by their names")
    }
    if let row = index.firstIndex(where: { $0.isEmpty || $0.utf8.contains(0) }) {
      throw StoreError(
        .offProfile, at: place, "has no valid \(indexName) name in row \(row + 1): \(index[row].debugDescription)")
    }
    for named in columns { try named.column.check(named.name, besides: indexName, at: place.appending(named.name)) }
  }
}

extension Column {
  /// Throws at what may not be written as the column `name` of a frame with this index.
  func check(_ name: String, besides indexName: String, at place: Place) throws {
    try checkKey(name, at: place)
    guard name != indexName, name != Frame.indexKey else {
      throw StoreError(.offProfile, at: place, "is the name of the index, so it cannot be that of a column")
    }
    if let fault { throw StoreError(.offProfile, at: place, fault) }
    switch self {
    case .strings(let values), .categorical(_, let values, _): try checkText(values, at: place)
    case .floats, .doubles, .int32s, .booleans: break
    }
  }
}

extension Matrix {
  /// Throws at a number that no model may leave: NaN or an infinity.
  func checkFinite(at place: Place) throws {
    guard let position = values.firstIndex(where: { !$0.isFinite }) else { return }
    throw StoreError(
      .offProfile, at: place, Matrix.cause(values[position], at: position, columns: columns),
      remedy: Matrix.notFiniteRemedy)
  }

  static let notFiniteRemedy = "a model that gives such a number did not train: look at its input and its losses"

  /// What is said of a number that is not finite, by its position in row-major order.
  static func cause(_ value: some BinaryFloatingPoint, at position: Int, columns: Int) -> String {
    "is \(value) in row \(position / columns + 1), column \(position % columns + 1)"
  }
}

extension StoreValue {
  func check(at place: Place) throws {
    switch self {
    case .string(let value): try checkText([value], at: place)
    case .strings(let values): try checkText(values, at: place)
    case .frame(let frame): try frame.check(at: place)
    case .group(let values):
      for (key, value) in values.sorted(by: { $0.key < $1.key }) {
        let place = place.appending(key)
        try checkKey(key, at: place)
        try value.check(at: place)
      }
    case .integer, .number, .flag, .integers, .numbers, .matrix: break
    }
  }
}

extension Place {
  /// The place of a child of this object.
  func appending(_ name: String) -> Place {
    let parent = object == "/" ? "" : object ?? ""
    return Place(file, object: "\(parent)/\(name)")
  }
}

func checkKey(_ key: String, at place: Place) throws {
  guard key.isEmpty || key == "." || key.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0 }) else { return }
  throw StoreError(
    .offProfile, at: place, "\(key.debugDescription) cannot be a name in a store",
    remedy: #"give it a name without "/""#)
}

private func checkText(_ values: [String], at place: Place) throws {
  guard let row = values.firstIndex(where: { $0.utf8.contains(0) }) else { return }
  throw StoreError(.offProfile, at: place, "has a zero byte in the string of row \(row + 1)", remedy: "take it out")
}
