import Cohorts
import Foundation
import Matrices
import Problems
import Runs
import Statistics

/// Maps the patients of a new cohort by an aligner that is trained, and writes what it makes of them into their store.
package struct AlignmentApplication {
  /// What it came to.
  package struct Report: Sendable, Encodable {
    package var store: String
    package var samples: Int
    package var cellLines: Int
    package var checkpoint: String
    /// Fingerprint of its tensors.
    package var model: String
    /// Median of the Shannon entropy of the weights, in nats.
    package var medianHeterogeneity: Double
    package var seconds: Double
  }

  /// Path of the aligner's file.
  package let checkpoint: String
  private let file: AlignerFile
  private let lanes: Int
  private let progress: (any RunProgress)?

  /// Reads the checkpoint; `FormatError` or `AlignmentError` where it is something else.
  package init(_ checkpoint: String, lanes: Int = 2, progress: (any RunProgress)? = nil) throws {
    self.checkpoint = checkpoint
    file = try AlignerFile(reading: checkpoint)
    (self.lanes, self.progress) = (lanes, progress)
  }

  /// Maps every sample of a store. Throws `AlignmentError` where the store is none that the aligner can take.
  package func run(on path: String) throws -> Report {
    let start = ContinuousClock.now
    progress?.begin("reading \(path)")
    let domain = try DomainStore(CohortStore(path))
    try check(domain)
    let patients = PatientCohort(
      path: path, samples: domain.obs.index, scaling: try file.targetScaling, genes: try file.sharedGenes,
      input: try domain.store.inputFingerprint())
    let cache = AlignmentCache(
      file: file, map: try file.map(lanes: Lanes(lanes)),
      checkpoint: URL(fileURLWithPath: checkpoint).lastPathComponent)
    let entropies = try cache.fill(patients, try AlignmentSummary(of: file, cache.checkpoint), progress: progress)
    return Report(
      store: path, samples: entropies.count, cellLines: file.header.cellLines.count, checkpoint: checkpoint,
      model: file.model, medianHeterogeneity: try Summary(entropies).quantile(0.5),
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  private func check(_ domain: DomainStore) throws {
    let header = file.header
    guard domain.geneOrder == header.geneOrder, try domain.store.genes == file.sharedGenes.count else {
      throw AlignmentError(
        .genes, at: domain.place("/uns/therapi/panel_order"), "names another order of genes than \(checkpoint)",
        remedy: "ingest the cohort with the version of therapi that trained it")
    }
    guard domain.unit == header.targetUnit else {
      throw AlignmentError(
        .units, at: domain.place("/uns/expression/unit"),
        "is \(domain.unit), but \(checkpoint) was trained on patients in \(header.targetUnit)",
        remedy: "train an aligner with this cohort as its target")
    }
    let missing = zip(try file.sharedGenes, domain.measured).enumerated().filter { $0.element.0 && !$0.element.1 }
    guard let first = missing.first else { return }
    let symbols = try domain.store.geneTable().index
    throw AlignmentError(
      .genes, at: domain.place("/var/measured"),
      "is false for \(counted(missing.count, "gene")) that \(checkpoint) works on, such as \(symbols[first.offset])",
      remedy: "train with this cohort as a target, so that the genes it lacks are left out on both sides")
  }
}

extension AlignmentSummary {
  /// What the store of a target says of an alignment.
  init(
    of file: AlignerFile, _ checkpoint: String, tissues: [AlignmentSummary.Tissue] = [],
    measures: [AlignmentSummary.Measure] = []
  ) throws {
    let header = file.header
    let lines = zip(header.cellLines, try file.lineTissues).map {
      AlignmentSummary.CellLine(name: $0, tissue: $1 < 0 ? nil : header.tissues[$1])
    }
    self.init(
      preset: header.preset.rawValue, checkpoint: checkpoint, model: file.model, source: header.source,
      standardisation: header.settings.standardisation.rawValue, cellLines: lines, tissues: tissues,
      measures: measures, curve: header.curve.frame)
  }
}
