import Responses
import Sources

/// Finds the samples of a cohort that the names in a table mean.
struct SampleJoin {
  private var positions: [String: [Int]] = [:]
  private let key: SampleKey
  private var lines: CellLineJoin?
  /// Names that may be of several samples, and so mean none.
  private(set) var ambiguous: [String] = []

  /// `names` are all those that will be asked for: a cell line's loose form must be unique among them too.
  ///
  /// `samples` are the cohort's ids, or what else they are joined by, "" where a sample has none.
  init(_ key: SampleKey, names: [String], samples: [String]) {
    self.key = key
    for (position, sample) in samples.enumerated() where !sample.isEmpty {
      guard let form = Self.form(of: sample, key) else { continue }
      positions[form, default: []].append(position)
    }
    guard key == .cellLine else { return }
    let join = CellLineJoin(names, to: samples)
    lines = join
    ambiguous = Set(names).sorted().filter {
      if case .ambiguous = join.match($0) { true } else { false }
    }
  }

  /// Positions of the samples that `name` means.
  func rows(of name: String) -> [Int] {
    if let lines {
      guard case .found(let id, _) = lines.match(name) else { return [] }
      return positions[id] ?? []
    }
    return Self.form(of: name, key).flatMap { positions[$0] } ?? []
  }

  private static func form(of name: String, _ key: SampleKey) -> String? {
    switch key {
    case .sample, .cellLine: name
    case .tcgaPatient: TCGABarcode(name)?.patient
    case .tcgaSample: TCGABarcode(name)?.sample
    }
  }
}
