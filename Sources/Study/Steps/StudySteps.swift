import Alignment
import Cohorts
import Embedding
import Foundation
import Ingest
import Logging
import Problems
import Runs

/// Builds the steps of a study; each calls what the commands call.
struct StudySteps {
  let study: StudyConfiguration
  let folder: StudyFolder
  let digests: FileDigests
  let alignment: AlignmentConfiguration
  /// Names of the two cohorts, which their stores take.
  let source: Cohort
  let target: Cohort
  let lanes: Int
  let progress: (any RunProgress)?
  let logger: Logger

  /// A side of the study.
  struct Cohort {
    let name: String
    let path: String
    let ingest: IngestConfiguration?
  }

  /// Reads the configurations that the study names. Throws `ConfigurationError`, and `StudyError` `.unsuitable` where
  /// both cohorts have one name.
  init(
    _ study: StudyConfiguration, lanes: Int, digests: FileDigests, progress: (any RunProgress)?, logger: Logger
  ) throws {
    let folder = StudyFolder(study.results)
    (self.study, self.folder, self.digests) = (study, folder, digests)
    (self.lanes, self.progress, self.logger) = (lanes, progress, logger)
    alignment = try AlignmentConfiguration(path: study.alignment.path, settings: study.alignment.settings)
    source = try Self.cohort(study.source, folder)
    target = try Self.cohort(study.target, folder)
    guard source.name != target.name else {
      throw StudyError(
        .unsuitable, at: Place(study.file), "both cohorts are called '\(source.name)'",
        remedy: "give one another name, such as with set: [name=patients]")
    }
  }

  private static func cohort(_ source: StudyConfiguration.CohortSource, _ folder: StudyFolder) throws -> Cohort {
    switch source {
    case .store(let path):
      let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
      return Cohort(name: name, path: folder.store(name), ingest: nil)
    case .ingest(let path, let settings):
      let ingest = try IngestConfiguration(path: path, settings: settings)
      return Cohort(name: ingest.name, path: folder.store(ingest.name), ingest: ingest)
    }
  }

  /// The variants that are scored, the whole model first.
  var variants: [StudyVariant] { [.full] + study.predictor.ablations.map { .without($0) } }

  /// The variants whose predictors are trained.
  var trained: [StudyVariant] { variants.filter { $0.trained == $0 } }

  /// All steps, each behind those that it needs.
  var graph: StepGraph {
    var steps = [cohort(source, of: study.source, .source), cohort(target, of: study.target, .target), align]
    if case .pretrained = study.rank?.model { steps.append(rankModel) }
    if study.rank != nil { steps.append(rank) }
    if case .trained = study.perturbation { steps.append(perturbationModel) }
    steps.append(drugs)
    steps += trained.map(train)
    steps += variants.map(score)
    return StepGraph(steps + [outcomes, figures, report])
  }

  /// Names of steps, in the state file and to the user.
  enum Name {
    static let source = "source"
    static let target = "target"
    static let align = "align"
    static let rankModel = "rank model"
    static let rank = "rank embedding"
    static let perturbationModel = "perturbation model"
    static let drugs = "drug embedding"
    static let outcomes = "outcomes"
    static let figures = "figures"
    static let report = "report"

    static func train(_ variant: StudyVariant) -> String { "train \(variant.name)" }
    static func score(_ variant: StudyVariant) -> String { "score \(variant.name)" }
  }

  /// Where a cohort stands in the study.
  enum Side: String {
    case source
    case target
  }

  /// What `find` gives, nil where a file is not there or is of no use any more: then its step is to be done.
  func present(_ paths: [String], _ find: () throws -> String) throws -> String? {
    guard paths.allSatisfy(StudyFolder.exists) else { return nil }
    do { return try find() } catch let error as StoreError where error.kind == .stale { return nil }
  }
}
