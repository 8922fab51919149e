/// All that a report says; what is nil or empty is left out of the page.
package struct ReportContent: Codable, Sendable, Equatable {
  package var title: String
  package var study: Study
  package var caveats: [Caveat]
  package var cohorts: [CohortContent]
  package var alignment: AlignmentContent?
  package var evaluations: [EvaluationContent]
  package var predictions: PredictionContent?
  package var heterogeneity: HeterogeneityContent?
  package var survival: SurvivalContent?
  package var comparisons: [ComparisonContent]
  package var figures: [FigureContent]
  package var provenance: ProvenanceContent

  package init(
    title: String, study: Study, caveats: [Caveat] = [], cohorts: [CohortContent] = [],
    alignment: AlignmentContent? = nil, evaluations: [EvaluationContent] = [], predictions: PredictionContent? = nil,
    heterogeneity: HeterogeneityContent? = nil, survival: SurvivalContent? = nil, comparisons: [ComparisonContent] = [],
    figures: [FigureContent] = [], provenance: ProvenanceContent = ProvenanceContent()
  ) {
    self.title = title
    self.study = study
    self.caveats = caveats
    self.cohorts = cohorts
    self.alignment = alignment
    self.evaluations = evaluations
    self.predictions = predictions
    self.heterogeneity = heterogeneity
    self.survival = survival
    self.comparisons = comparisons
    self.figures = figures
    self.provenance = provenance
  }

  /// What was done, in a few words.
  package struct Study: Codable, Sendable, Equatable {
    package var name: String
    /// A paragraph on top of the page.
    package var summary: String
    /// In words, as it is to be shown.
    package var date: String?
    /// Of the program.
    package var version: String

    package init(name: String, summary: String, date: String? = nil, version: String) {
      (self.name, self.summary, self.date, self.version) = (name, summary, date, version)
    }
  }

  /// What a reader must know before using a number.
  package struct Caveat: Codable, Sendable, Equatable {
    package var title: String
    package var text: String

    package init(title: String, text: String) {
      (self.title, self.text) = (title, text)
    }
  }
}
