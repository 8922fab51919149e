import Problems

extension AlignmentSummary {
  private enum Key {
    static let preset = "preset"
    static let checkpoint = "checkpoint"
    static let model = "model"
    static let source = "source"
    static let standardisation = "standardisation"
    static let cellLines = "cell_lines"
    static let cellLine = "cell_line"
    static let tissues = "tissues"
    static let tissue = "tissue"
    static let sourceSamples = "source_samples"
    static let targetSamples = "target_samples"
    static let measures = "measures"
    static let measure = "measure"
    static let raw = "raw"
    static let latent = "latent"
    static let alignedExpression = "aligned_expression"
    static let curve = "curve"
  }

  /// What stands at `uns/alignment`.
  package var value: StoreValue {
    var lines = Frame(indexName: Key.cellLine, index: cellLines.map(\.name))
    lines.set(Key.tissue, .categorical(cellLines.map { $0.tissue ?? "" }))
    var counts = Frame(indexName: Key.tissue, index: tissues.map(\.name))
    counts.set(Key.sourceSamples, .int32s(tissues.map { Int32($0.sourceSamples) }))
    counts.set(Key.targetSamples, .int32s(tissues.map { Int32($0.targetSamples) }))
    var figures = Frame(indexName: Key.measure, index: measures.map(\.name))
    figures.set(Key.raw, .doubles(measures.map { $0.raw ?? .nan }))
    figures.set(Key.latent, .doubles(measures.map { $0.latent ?? .nan }))
    figures.set(Key.alignedExpression, .doubles(measures.map { $0.alignedExpression ?? .nan }))
    var members: [String: StoreValue] = [
      Key.preset: .string(preset), Key.checkpoint: .string(checkpoint), Key.model: .string(model),
      Key.source: .string(source), Key.standardisation: .string(standardisation), Key.cellLines: .frame(lines),
      Key.tissues: .frame(counts), Key.measures: .frame(figures),
    ]
    members[Key.curve] = curve.map { .frame($0) }
    return .group(members)
  }

  /// Reads what `value` wrote; members that it does not know are passed over.
  ///
  /// Throws `StoreError.offProfile` with the place of a member that is missing or of another type.
  package init(_ value: StoreValue, at place: Place) throws(StoreError) {
    let members = try Members(value, at: place)
    preset = try members.text(Key.preset)
    checkpoint = try members.text(Key.checkpoint)
    model = try members.text(Key.model)
    source = try members.text(Key.source)
    standardisation = try members.text(Key.standardisation)
    let lines = try members.table(Key.cellLines)
    cellLines = try zip(lines.frame.index, lines.words(Key.tissue)).map { CellLine(name: $0, tissue: $1) }
    let counts = try members.table(Key.tissues)
    let (sources, targets) = (try counts.integers(Key.sourceSamples), try counts.integers(Key.targetSamples))
    tissues = counts.frame.index.enumerated().map {
      Tissue(name: $1, sourceSamples: sources[$0], targetSamples: targets[$0])
    }
    let figures = try members.table(Key.measures)
    let (raw, latent) = (try figures.numbers(Key.raw), try figures.numbers(Key.latent))
    let aligned = try figures.numbers(Key.alignedExpression)
    measures = figures.frame.index.enumerated().map {
      Measure(name: $1, raw: raw[$0], latent: latent[$0], alignedExpression: aligned[$0])
    }
    curve = try members.has(Key.curve) ? members.table(Key.curve).frame : nil
  }
}

/// The members of a group below `uns`, each wanted of one type.
private struct Members {
  private let values: [String: StoreValue]
  private let place: Place

  init(_ value: StoreValue, at place: Place) throws(StoreError) {
    guard case .group(let values) = value else { throw .alignment(place, "is not a group") }
    (self.values, self.place) = (values, place)
  }

  func has(_ key: String) -> Bool { values[key] != nil }

  func text(_ key: String) throws(StoreError) -> String {
    guard case .string(let text) = values[key] else { throw fault(key, "text") }
    return text
  }

  func table(_ key: String) throws(StoreError) -> Table {
    guard case .frame(let frame) = values[key] else { throw fault(key, "a table") }
    return Table(frame: frame, place: place.appending(key))
  }

  private func fault(_ key: String, _ wanted: String) -> StoreError {
    .alignment(place.appending(key), values[key] == nil ? "is not there" : "is not \(wanted)")
  }
}

/// A table below `uns`, its columns each wanted of one type.
private struct Table {
  let frame: Frame
  let place: Place

  /// Text, nil for gaps.
  func words(_ name: String) throws(StoreError) -> [String?] {
    switch frame[name] {
    case .categorical(let codes, let categories, _): return codes.map { $0 < 0 ? nil : categories[Int($0)] }
    case .strings(let values): return values.map { $0.isEmpty ? nil : $0 }
    default: throw fault(name, "text")
    }
  }

  func integers(_ name: String) throws(StoreError) -> [Int] {
    guard case .int32s(let values) = frame[name] else { throw fault(name, "whole numbers") }
    return values.map(Int.init)
  }

  /// Numbers, nil for NaN.
  func numbers(_ name: String) throws(StoreError) -> [Double?] {
    guard case .doubles(let values) = frame[name] else { throw fault(name, "float64") }
    return values.map { $0.isNaN ? nil : $0 }
  }

  private func fault(_ name: String, _ wanted: String) -> StoreError {
    .alignment(place.appending(name), frame[name] == nil ? "is not there" : "is not \(wanted)")
  }
}

extension StoreError {
  fileprivate static func alignment(_ place: Place, _ cause: String) -> StoreError {
    StoreError(.offProfile, at: place, cause, remedy: "align the cohort again")
  }
}
