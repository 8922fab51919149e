import Cohorts
import TestSupport

/// Cohorts with everything that a store can hold: gaps, empty tables, no samples, names in other scripts.
struct RandomCohort {
  var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func make(samples: Int? = nil, genes: Int? = nil) -> Cohort {
    let samples = samples ?? Int.random(in: 0...40, using: &generator)
    let genes = genes ?? Int.random(in: 0...30, using: &generator)
    var cohort = Cohort(
      x: matrix(samples, genes), obs: frame("sample", samples), genes: frame("gene", genes))
    for _ in 0..<Int.random(in: 0...2, using: &generator) { cohort.layers[name()] = matrix(samples, genes) }
    for _ in 0..<Int.random(in: 0...2, using: &generator) {
      cohort.obsm[name()] = matrix(samples, Int.random(in: 0...5, using: &generator))
    }
    for _ in 0..<Int.random(in: 0...5, using: &generator) { cohort.uns[name()] = value(depth: 0) }
    return cohort
  }

  private mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(
      rows: rows, columns: columns, values: (0..<rows * columns).map { _ in .random(in: 0...15, using: &generator) })
  }

  mutating func name() -> String {
    let alphabet = Array("abcXYZ019_-. ()éß漢字🧬")
    return "n"
      + String(
        (0..<Int.random(in: 0...8, using: &generator)).compactMap { _ in alphabet.randomElement(using: &generator) })
  }

  private mutating func text() -> String { Bool.random(using: &generator) ? name() : "" }

  private mutating func frame(_ indexName: String, _ rows: Int) -> Frame {
    var frame = Frame(indexName: indexName, index: (0..<rows).map { "\(name())#\($0)" })
    for number in 0..<Int.random(in: 0...7, using: &generator) { frame.set("\(number)\(name())", column(rows)) }
    return frame
  }

  private mutating func column(_ rows: Int) -> Column {
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: return .strings((0..<rows).map { _ in text() })
    case 1: return .floats((0..<rows).map { _ in .random(in: -1...1, using: &generator) })
    case 2: return .doubles((0..<rows).map { _ in .random(in: -1...1, using: &generator) })
    case 3: return .int32s((0..<rows).map { _ in .random(in: .min ... .max, using: &generator) })
    case 4: return .booleans((0..<rows).map { _ in .random(using: &generator) })
    default:
      let categories = (0..<Int.random(in: 0...5, using: &generator)).map { "\(name())\($0)" }
      let codes = (0..<rows).map { _ in Int32.random(in: -1..<Int32(categories.count), using: &generator) }
      return .categorical(codes: codes, categories: categories, ordered: .random(using: &generator))
    }
  }

  private mutating func value(depth: Int) -> StoreValue {
    let count = Int.random(in: 0...6, using: &generator)
    switch Int.random(in: 0..<(depth < 3 ? 10 : 9), using: &generator) {
    case 0: return .string(text())
    case 1: return .integer(.random(in: .min ... .max, using: &generator))
    case 2: return .number(.random(in: -1...1, using: &generator))
    case 3: return .flag(.random(using: &generator))
    case 4: return .strings((0..<count).map { _ in text() })
    case 5: return .integers((0..<count).map { _ in .random(in: .min ... .max, using: &generator) })
    case 6: return .numbers((0..<count).map { _ in .random(in: -1...1, using: &generator) })
    case 7: return .matrix(matrix(count, Int.random(in: 0...4, using: &generator)))
    case 8: return .frame(frame("row", count))
    default:
      var group: [String: StoreValue] = [:]
      for _ in 0..<count { group[name()] = value(depth: depth + 1) }
      return .group(group)
    }
  }
}

func equal(_ a: Cohort, _ b: Cohort) -> Bool {
  a.x == b.x && a.obs == b.obs && a.genes == b.genes && a.layers == b.layers && a.obsm == b.obsm && a.uns == b.uns
}
