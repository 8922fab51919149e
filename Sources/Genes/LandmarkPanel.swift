/// The 978 landmarks in the one order that every store and model of the project uses: ascending Entrez id.
package struct LandmarkPanel: Sendable {
  /// The project's panel.
  package static let shared = LandmarkPanel()

  /// Number of landmarks.
  package static let count = 978

  package let landmarks: [Landmark]

  /// SHA-256, in hexadecimal, of the Entrez ids in order, joined by line feeds without a final one.
  package let orderHash: String

  /// Previous symbols and aliases that do not mean one gene alone.
  let clashes: [NameClash]

  /// Lower-cased names of landmarks that mean another gene, or several, once case is ignored.
  let foldedClashes: Set<String>

  private init() {
    landmarks = LandmarkTable.rows.split(separator: "\n").enumerated().map { Self.landmark($0.element, at: $0.offset) }
    precondition(landmarks.count == Self.count, "the table holds \(landmarks.count) landmarks")
    orderHash = LandmarkTable.orderHash
    var indices: [Int: Int] = [:]
    for landmark in landmarks { indices[landmark.entrez] = landmark.index }
    clashes = LandmarkTable.clashes.split(separator: "\n").map { Self.clash($0, indices: indices) }
    foldedClashes = Set(LandmarkTable.foldedClashes.split(separator: "\n").map(String.init))
  }

  private static func landmark(_ line: Substring, at index: Int) -> Landmark {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
    precondition(fields.count == 8, "a row of the landmark table has \(fields.count) fields: \(line)")
    func list(_ field: Substring) -> [String] { field.split(separator: "|").map(String.init) }
    return Landmark(
      index: index, entrez: number(fields[0]), symbol: String(fields[1]), ensembl: String(fields[2]),
      otherEnsembl: list(fields[3]), l1000Symbol: String(fields[4]), previousSymbols: list(fields[5]),
      aliases: list(fields[6]), retiredEntrez: fields[7].split(separator: "|").map(number))
  }

  private static func clash(_ line: Substring, indices: [Int: Int]) -> NameClash {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
    precondition(fields.count == 4, "a clash of the landmark table has \(fields.count) fields: \(line)")
    return NameClash(
      name: String(fields[0]), isSymbolOfAnotherGene: fields[1] == "current",
      candidates: fields[2].split(separator: "|").compactMap { indices[number($0)] }.sorted(),
      others: fields[3].split(separator: "|").map(String.init))
  }

  private static func number(_ text: Substring) -> Int {
    guard let value = Int(text) else { preconditionFailure("not an Entrez id in the landmark table: \(text)") }
    return value
  }
}

/// A previous symbol or alias of a landmark that does not mean that gene alone.
struct NameClash: Sendable, Equatable {
  let name: String
  /// It is the current symbol of a gene outside the panel, and so means that one.
  let isSymbolOfAnotherGene: Bool
  /// Landmarks that go by it.
  let candidates: [Int]
  /// Current symbols of the other genes that do.
  let others: [String]
}
