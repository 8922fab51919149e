/// What each identifier of the landmarks stands for. A table is made when the first identifier of its kind is asked for.
enum LandmarkIndex {
  static let entrez = {
    var index: [Int: GeneMatch] = [:]
    for landmark in landmarks {
      index[landmark.entrez] = .landmark(landmark.index, .entrez)
      for retired in landmark.retiredEntrez { index[retired] = .landmark(landmark.index, .entrezReplaced) }
    }
    return index
  }()

  /// Keyed by the digits of the id.
  static let ensembl = {
    var index: [Int: GeneMatch] = [:]
    func add(_ id: String, _ match: GeneMatch) {
      guard let number = Int(id.dropFirst(4)) else { preconditionFailure("not an Ensembl gene id: \(id)") }
      index[number] = match
    }
    for landmark in landmarks {
      add(landmark.ensembl, .landmark(landmark.index, .ensembl))
      for other in landmark.otherEnsembl { add(other, .landmark(landmark.index, .ensemblAlternate)) }
    }
    return index
  }()

  static let names = {
    var index: [String: GeneMatch] = [:]
    for landmark in landmarks {
      for name in landmark.aliases { index[name] = .landmark(landmark.index, .alias) }
    }
    for landmark in landmarks {
      for name in landmark.previousSymbols { index[name] = .landmark(landmark.index, .previousSymbol) }
      index[landmark.l1000Symbol] = .landmark(landmark.index, .l1000Symbol)
    }
    for clash in NameClash.all {
      let shared = GeneMatch.ambiguous(clash.candidates, .sharedName(with: clash.others))
      index[clash.name] = clash.isSymbolOfAnotherGene ? .notLandmark : shared
    }
    for landmark in landmarks { index[landmark.symbol] = .landmark(landmark.index, .symbol) }
    return index
  }()

  /// Names that mean one gene alone without regard to case, lower-cased; today's symbols before the others.
  static let foldedNames = {
    var candidates: [String: Set<Int>] = [:]
    for landmark in landmarks {
      for name in [landmark.l1000Symbol] + landmark.previousSymbols + landmark.aliases {
        candidates[name.lowercased(), default: []].insert(landmark.index)
      }
    }
    for landmark in landmarks { candidates[landmark.symbol.lowercased()] = [landmark.index] }
    let clashes = Set(LandmarkTable.foldedClashes[...].cut(at: "\n"))
    var index: [String: GeneMatch] = [:]
    for (name, landmarks) in candidates where landmarks.count == 1 && !clashes.contains(name[...]) {
      index[name] = landmarks.first.map { .landmark($0, .symbolCaseFolded) }
    }
    return index
  }()

  static let l1000 = Dictionary(landmarks.map { ($0.l1000Symbol, $0.index) }) { first, _ in first }

  private static var landmarks: [Landmark] { LandmarkPanel.shared.landmarks }
}
