/// The 978 landmarks in the one order that every store and model of the project uses: ascending Entrez id.
package struct LandmarkPanel: Sendable {
  /// The project's panel.
  package static let shared = LandmarkPanel()

  /// Number of landmarks.
  package static let count = 978

  package let landmarks: [Landmark]

  /// SHA-256, in hexadecimal, of the Entrez ids in order, joined by line feeds without a final one.
  package let orderHash = LandmarkTable.orderHash

  private init() {
    landmarks = LandmarkTable.rows[...].cut(at: "\n").enumerated().map { Self.landmark($0.element, at: $0.offset) }
    precondition(landmarks.count == Self.count, "the table holds \(landmarks.count) landmarks")
  }

  private static func landmark(_ line: Substring, at index: Int) -> Landmark {
    let fields = line.cut(at: "\t")
    precondition(fields.count == 8, "a row of the landmark table has \(fields.count) fields: \(line)")
    return Landmark(
      index: index, entrez: fields[0].entrez, symbol: String(fields[1]), ensembl: String(fields[2]),
      otherEnsembl: fields[3].list, l1000Symbol: String(fields[4]), previousSymbols: fields[5].list,
      aliases: fields[6].list, retiredEntrez: fields[7].list.map { $0[...].entrez })
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

  /// All there are among the names of the panel.
  static let all = {
    var indices: [Int: Int] = [:]
    for landmark in LandmarkPanel.shared.landmarks { indices[landmark.entrez] = landmark.index }
    return LandmarkTable.clashes[...].cut(at: "\n").map { NameClash($0, indices: indices) }
  }()

  private init(_ line: Substring, indices: [Int: Int]) {
    let fields = line.cut(at: "\t")
    precondition(fields.count == 4, "a clash of the landmark table has \(fields.count) fields: \(line)")
    name = String(fields[0])
    isSymbolOfAnotherGene = fields[1] == "current"
    candidates = fields[2].list.compactMap { indices[$0[...].entrez] }.sorted()
    others = fields[3].list
  }
}

extension Substring {
  /// The parts between separators, found byte by byte, which takes a fraction of the time of character by character.
  func cut(at separator: Unicode.Scalar) -> [Substring] {
    utf8.split(separator: UInt8(ascii: separator), omittingEmptySubsequences: false).map(Substring.init)
  }

  /// The parts between bars.
  fileprivate var list: [String] { isEmpty ? [] : cut(at: "|").map(String.init) }

  fileprivate var entrez: Int {
    guard let value = Int(self) else { preconditionFailure("not an Entrez id in the landmark table: \(self)") }
    return value
  }
}
