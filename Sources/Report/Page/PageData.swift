import Foundation

/// What the page's script reads: the predictions, as small as they can be shown.
struct PageData: Encodable {
  struct Patient: Encodable {
    var id: String
    var tissue: String?
    var entropy: Double?
    /// Cell line's position and weight, by turns.
    var mixture: [Double]
  }

  var drugs: [String]
  var lines: [String]
  var lineTissues: [String]
  var patients: [Patient]
  /// Patients x drugs x 3 unsigned 16-bit numbers, little-endian, in base64: probability x 65,535,
  /// (logit + 32) x 1,000, deviation x 1,000.
  var numbers: String
  /// Patient, drug and value, by turns.
  var labels: [Int]
  var folds: Int

  /// Patients beyond the budget are left out: those with a known response stay, then the first of the cohort.
  init(_ content: PredictionContent, within budget: PageBudget) {
    let chosen = Self.choose(content, within: budget)
    drugs = content.drugs
    lines = content.cellLines.map(\.name)
    lineTissues = content.cellLines.map { $0.tissue ?? "" }
    folds = content.folds
    patients = chosen.map { index in
      let patient = content.patients[index]
      return Patient(
        id: patient.name, tissue: patient.tissue, entropy: patient.heterogeneity.map { Self.rounded($0, 1e4) },
        mixture: patient.mixture.prefix(budget.components).flatMap {
          [Double($0.cellLine), Self.rounded($0.weight, 1e5)]
        })
    }
    numbers = Self.pack(content, of: chosen)
    var position: [Int: Int] = [:]
    for (new, old) in chosen.enumerated() { position[old] = new }
    labels = content.labels.flatMap { label in position[label.patient].map { [$0, label.drug, label.value] } ?? [] }
  }

  /// Positions of the patients that the page holds.
  static func choose(_ content: PredictionContent, within budget: PageBudget) -> [Int] {
    let most = max(1, budget.pairs / max(1, content.drugs.count))
    guard content.patients.count > most else { return Array(content.patients.indices) }
    let labelled = Set(content.labels.map(\.patient))
    let ordered =
      content.patients.indices.filter(labelled.contains)
      + content.patients.indices.filter { !labelled.contains($0) }
    return ordered.prefix(most).sorted()
  }

  private static func pack(_ content: PredictionContent, of chosen: [Int]) -> String {
    let width = content.drugs.count
    var data = Data(capacity: 6 * width * chosen.count)
    for patient in chosen {
      for position in patient * width..<(patient + 1) * width {
        append(content.probabilities.values[position] * 65_535, to: &data)
        append((content.logits.values[position] + 32) * 1_000, to: &data)
        append(content.deviations.values[position] * 1_000, to: &data)
      }
    }
    return data.base64EncodedString()
  }

  private static func append(_ value: Float, to data: inout Data) {
    let number = UInt16(min(max(value.rounded(), 0), 65_535))
    data.append(UInt8(number & 0xFF))
    data.append(UInt8(number >> 8))
  }

  private static func rounded(_ value: Double, _ scale: Double) -> Double { (value * scale).rounded() / scale }

  /// JSON that can stand in a script element: no `<` and none of JavaScript's line separators.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Self.embedded(String(decoding: try encoder.encode(self), as: UTF8.self))
  }

  /// `<`, `>`, `&` and the separators stand in JSON's strings alone, where an escape means the same.
  static func embedded(_ json: String) -> String {
    var result = ""
    result.reserveCapacity(json.utf8.count)
    for scalar in json.unicodeScalars {
      switch scalar {
      case "<": result += "\\u003c"
      case ">": result += "\\u003e"
      case "&": result += "\\u0026"
      case "\u{2028}": result += "\\u2028"
      case "\u{2029}": result += "\\u2029"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
