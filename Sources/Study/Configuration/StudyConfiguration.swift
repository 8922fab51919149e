import Embedding
import Outcomes
import Prediction

/// A whole study: the content of one YAML file in `study-configs/`, whose schema is `schemas/study.schema.json`.
package struct StudyConfiguration: Sendable {
  /// Where a cohort comes from.
  package enum CohortSource: Sendable, Equatable {
    /// An ingest configuration, with settings that replace its values.
    case ingest(String, settings: [String])
    /// A store that is there already; the study works on a copy of it.
    case store(String)
  }

  /// The model that embeds samples by ranks.
  package enum RankModelSource: Sendable {
    /// A folder with a model, and perhaps another with its dictionaries.
    case folder(String, dictionaries: String?)
    /// A small encoder trained on the study's cohorts.
    case pretrained(PretrainingSettings)
  }

  package struct Rank: Sendable {
    package var model: RankModelSource
    /// What the values of the cell lines are taken for, where their unit is none of amounts.
    package var sourceUnit: String?
    package var targetUnit: String?
  }

  /// The model that knows drugs.
  package enum PerturbationModelSource: Sendable {
    case file(String, genes: String?, links: String?, heads: Int)
    case trained(Tables, PerturbationTrainingSettings)
  }

  /// Tables of expression before and after drugs.
  package struct Tables: Sendable, Equatable {
    package var treated: String
    package var untreated: String?
    package var conditions: String
    package var links: String?
  }

  package struct Predictor: Sendable {
    package var preset: PredictorPreset
    package var settings: PredictorSettings
    /// What is left out in turn, each to be compared with the whole.
    package var ablations: [Ablation]
  }

  /// Two groups of patients that are compared.
  package struct Comparison: Sendable, Equatable {
    /// A table of patients beside the store.
    package struct Table: Sendable, Equatable {
      package var file: String
      /// Column of the samples; nil: the first.
      package var sample: String?
      package var names: SampleNames
    }

    /// Nil: made of the groups.
    package var title: String?
    /// Of the store's obs, or of the table.
    package var column: String
    package var first: String
    package var second: String
    package var table: Table?

    /// All that decides its figures but the table's content.
    var words: String {
      let table = table.map { "\($0.sample ?? "") \($0.names.rawValue)" } ?? ""
      return "\(title ?? ""), \(column), \(first), \(second), \(table)"
    }
  }

  package struct Note: Sendable, Equatable {
    package var title: String
    package var text: String
  }

  /// The file it was read from, and the settings that replaced its values.
  package var file: String
  package var settings: [String]
  package var name: String
  package var title: String
  package var summary: String
  /// Folder of everything that the study makes.
  package var results: String
  package var source: CohortSource
  package var target: CohortSource
  /// Path of an alignment's configuration, and settings that replace its values.
  package var alignment: (path: String, settings: [String])
  /// Nil: no rank branch.
  package var rank: Rank?
  package var perturbation: PerturbationModelSource
  package var predictor: Predictor
  package var drugs: DrugSelection
  /// Bootstrap resamples of an interval.
  package var resamples: Int
  /// Endpoints of survival; empty: none is looked at.
  package var endpoints: [String]
  package var comparisons: [Comparison]
  package var notes: [Note]
  /// The configuration as it took effect.
  package var effectiveText: String
}
