/// What an identifier stands for.
package enum GeneMatch: Sendable, Equatable {
  /// Index into `LandmarkPanel.landmarks`, and how it was found.
  case landmark(Int, MatchRoute)
  /// It may mean a landmark, but nothing decides; indices of the landmarks it may mean, ascending.
  case ambiguous([Int], Ambiguity)
  /// Unknown, or another gene: an alias of a landmark that is another gene's current symbol means that gene.
  case notLandmark
}

/// How an identifier was matched, best first: of two rows for one landmark, the earlier route is the row to keep.
package enum MatchRoute: String, Sendable, CaseIterable, Comparable {
  case entrez
  case ensembl
  case ensemblVersionDropped = "ensembl-version-dropped"
  /// The symbol that is approved today.
  case symbol
  case probeEntrez = "probe-entrez"
  case probeEnsembl = "probe-ensembl"
  case probeSymbol = "probe-symbol"
  /// An id that NCBI has replaced.
  case entrezReplaced = "entrez-replaced"
  /// An alternate contig, a haplotype, the Y copy of a pseudoautosomal gene, or a retired id.
  case ensemblAlternate = "ensembl-alternate"
  case l1000Symbol = "l1000-symbol"
  case previousSymbol = "previous-symbol"
  case alias
  case symbolCaseFolded = "symbol-case-folded"
  /// A probe whose platform table names the gene by anything but a current id or symbol.
  case probeOtherName = "probe-other-name"

  package static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }

  /// Position in the declaration, 0 for the best.
  var rank: Int {
    switch self {
    case .entrez: 0
    case .ensembl: 1
    case .ensemblVersionDropped: 2
    case .symbol: 3
    case .probeEntrez: 4
    case .probeEnsembl: 5
    case .probeSymbol: 6
    case .entrezReplaced: 7
    case .ensemblAlternate: 8
    case .l1000Symbol: 9
    case .previousSymbol: 10
    case .alias: 11
    case .symbolCaseFolded: 12
    case .probeOtherName: 13
    }
  }

  /// The route of a probe whose platform table names its gene by this route.
  var throughProbe: MatchRoute {
    switch self {
    case .entrez: .probeEntrez
    case .ensembl, .ensemblVersionDropped: .probeEnsembl
    case .symbol: .probeSymbol
    default: .probeOtherName
    }
  }
}

/// Why an identifier does not decide.
package enum Ambiguity: Sendable, Equatable, CustomStringConvertible {
  /// An alias or previous symbol that several genes go by; the symbols of those that are no candidates.
  case sharedName(with: [String])
  /// A spreadsheet made a date of the symbol.
  case spreadsheetDate
  /// A probe that several genes share, with their number.
  case severalGenes(Int)
  /// Two identifiers of one row stand for different genes.
  case contradiction(String, String)

  package var description: String {
    switch self {
    case .sharedName(with: []): "several landmarks go by it"
    case .sharedName(let others): "\(others.joined(separator: ", ")) \(others.count == 1 ? "goes" : "go") by it too"
    case .spreadsheetDate: "a spreadsheet turned a symbol into a date"
    case .severalGenes(let count): "the probe measures \(count) genes"
    case .contradiction(let a, let b): "\(a) and \(b) of one row stand for different genes"
    }
  }
}
