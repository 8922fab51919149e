import Cohorts
import HDF5
import Problems
import TestSupport
import Testing

@testable import Alignment

@Suite("Alignment domains")
struct AlignmentDomainsTests {
  private let pair: ExamplePair

  init() throws { pair = try ExamplePair() }

  @Test("lines without a tissue are left out, and counted")
  func source() throws {
    let source = try pair.prepared().source
    #expect(source.samples == ["line0", "line1", "line3", "line4"])
    #expect(source.trainingRows == [0, 1, 2, 3])
    #expect(source.excluded == [.noTissue: 1])
    #expect(source.unit == "zscore")
  }

  @Test("tissues are those of the lines, in one vocabulary by alphabet")
  func tissues() throws {
    let prepared = try pair.prepared()
    #expect(prepared.tissues == ["lung", "myeloma", "skin"])
    #expect(prepared.source.tissues == [0, 2, 0, 1])
    #expect(prepared.targets[0].tissues == [0, 2, 0, -1, 2, 0])
    #expect(prepared.tissuesOfSourceAlone == ["myeloma"] && prepared.tissuesOfTargetAlone.isEmpty)
  }

  @Test("the words of the columns and what they were read as are told")
  func words() throws {
    let prepared = try pair.prepared()
    #expect(
      prepared.source.words == [
        TissueWord(word: "LUNG", tissue: "lung", samples: 1), TissueWord(word: "Lung", tissue: "lung", samples: 1),
        TissueWord(word: "myeloma", tissue: "myeloma", samples: 1),
        TissueWord(word: "skin", tissue: "skin", samples: 1),
      ])
    #expect(prepared.targets[0].words.map(\.samples) == [2, 1, 2])
  }

  @Test("all patients are mapped; those with a tissue and without responses train")
  func target() throws {
    let target = try pair.prepared().targets[0]
    #expect(target.samples == pair.target.obs.index)
    #expect(target.trainingRows == [0, 1, 2, 4])
    #expect(target.excluded == [.noTissue: 1, .heldOut: 1])
  }

  @Test("genes that either side lacks are 0 on both, the others as they were")
  func mask() throws {
    let prepared = try pair.prepared()
    #expect(prepared.sharedGenes == [true, false, false, true])
    #expect(prepared.geneOrder == "abc")
    for (domain, x, rows) in [
      (prepared.source, pair.source.x, [0, 1, 3, 4]), (prepared.targets[0], pair.target.x, Array(0..<6)),
    ] {
      let expected: [Float] = rows.flatMap { [x.values[$0 * 4], 0, 0, x.values[$0 * 4 + 3]] }
      #expect(domain.expression == Matrix(rows: rows.count, columns: 4, values: expected))
      #expect(domain.scaling == .asIs)
    }
  }

  @Test("a store that does not say what was measured has measured all")
  func allMeasured() throws {
    pair.source.genes = Frame(indexName: "symbol", index: pair.source.genes.index)
    #expect(try pair.prepared().sharedGenes == [true, true, false, true])
  }

  @Test("equal stores give equal bits")
  func determinism() throws {
    pair.configuration.settings.standardisation = .perGeneAndDomain
    let (first, second) = (try pair.prepared(), try pair.prepared())
    #expect(
      first.source.expression == second.source.expression && first.targets[0].expression == second.targets[0].expression
    )
    #expect(first.targets[0].scaling == second.targets[0].scaling)
  }

  // MARK: - Rules on training

  @Test("the rule `all` lets patients with responses train")
  func all() throws {
    pair.configuration.training = .all
    #expect(try pair.prepared().targets[0].trainingRows == [0, 1, 2, 4, 5])
  }

  @Test("a cohort without responses has nobody to hold out")
  func noResponses() throws {
    pair.target.uns["responses"] = nil
    #expect(try pair.prepared().targets[0].trainingRows == [0, 1, 2, 4, 5])
  }

  @Test("a column says who trains")
  func column() throws {
    pair.configuration.training = .column("split", values: ["train"])
    let target = try pair.prepared().targets[0]
    #expect(target.trainingRows == [0, 2, 4] && target.excluded == [.heldOut: 3])
    pair.configuration.training = .column("split", values: ["train", "test"])
    #expect(try pair.prepared().targets[0].excluded == [.noTissue: 1])
  }

  // MARK: - Tissues

  @Test("words that the map drops count as no tissue, apart")
  func dropped() throws {
    let words = ["lung": "lung", "skin": "skin"]
    pair.configuration.source.map = TissueMap(place: Place("a.yaml"), tissues: words, dropped: ["Myeloma"])
    let prepared = try pair.prepared()
    #expect(prepared.source.excluded == [.noTissue: 1, .droppedWord: 1])
    #expect(prepared.source.words.contains(TissueWord(word: "myeloma", tissue: nil, samples: 1)))
    #expect(prepared.tissues == ["lung", "skin"])
    pair.configuration.source.map = TissueMap(place: Place("a.yaml"), tissues: words, unmapped: .drop)
    #expect(try pair.prepared().source.excluded == prepared.source.excluded)
  }

  @Test("patients of a tissue that no line is of do not train, by rule")
  func notInSource() throws {
    pair.source.obs.set("tissue", .categorical(["Lung", "", "", "LUNG", "myeloma"]))
    pair.configuration.notInSource = .drop
    let prepared = try pair.prepared()
    #expect(prepared.tissuesOfTargetAlone == [TissueWord(word: "SKCM", tissue: "skin", samples: 2)])
    #expect(prepared.targets[0].tissues == [0, -1, 0, -1, -1, 0] && prepared.targets[0].trainingRows == [0, 2])
    #expect(prepared.targets[0].excluded == [.noTissue: 1, .heldOut: 1, .notInSource: 2])
  }

  @Test("a run of one tissue takes its lines alone, and its patients train")
  func oneTissue() throws {
    pair.configuration.settings.tissue = "lung"
    let prepared = try pair.prepared()
    #expect(prepared.tissues == ["lung"])
    #expect(prepared.source.samples == ["line0", "line3"])
    #expect(prepared.source.excluded == [.noTissue: 1, .otherTissue: 2])
    #expect(prepared.targets[0].trainingRows == [0, 2] && prepared.targets[0].samples.count == 6)
    #expect(prepared.targets[0].excluded == [.noTissue: 1, .heldOut: 1, .otherTissue: 2])
    #expect(prepared.tissuesOfTargetAlone.isEmpty && prepared.tissuesOfSourceAlone.isEmpty)
  }

  // MARK: - Scales

  @Test("genes are standardised by the training samples of their own cohort")
  func perGene() throws {
    pair.configuration.settings.standardisation = .perGeneAndDomain
    let target = try pair.prepared().targets[0]
    guard case .perGene(let mean, let deviation) = target.scaling else {
      Issue.record("\(target.scaling)")
      return
    }
    #expect(mean[1] == 0 && deviation[1] == 0 && mean[2] == 0 && deviation[2] == 0)
    for gene in [0, 3] {
      let trained = [0, 1, 2, 4].map { Double(pair.target.x.values[$0 * 4 + gene]) }
      let expected = trained.reduce(0, +) / 4
      let spread = (trained.reduce(0) { $0 + ($1 - expected) * ($1 - expected) } / 4).squareRoot()
      // Sums of four numbers below 10 in another order: a few units in the last place.
      #expect(abs(mean[gene] - expected) < 1e-14 && abs(deviation[gene] - spread) < 1e-14)
      for row in 0..<6 {
        let value = (Double(pair.target.x.values[row * 4 + gene]) - mean[gene]) / deviation[gene]
        #expect(target.expression.values[row * 4 + gene] == Float(value))
      }
    }
  }

  @Test("the scaling of a cohort scales more of it the same")
  func scalingAgain() throws {
    for standardisation in [AlignerSettings.Standardisation.perSample, .perGeneAndDomain, .asIs] {
      pair.configuration.settings.standardisation = standardisation
      let prepared = try pair.prepared()
      var more = pair.target.x
      prepared.targets[0].scaling.apply(to: &more, genes: prepared.sharedGenes)
      #expect(more == prepared.targets[0].expression)
    }
  }

  @Test("equal units need no standardisation")
  func equalUnits() throws {
    pair.configuration.settings.standardisation = .refuseMixed
    pair.source.uns["expression"] = pair.target.uns["expression"]
    #expect(try pair.prepared().source.scaling == .asIs)
  }
}
