/// A cohort, and what was left out of it.
package struct CohortContent: Codable, Sendable, Equatable {
  package var name: String
  package var title: String
  /// `cell lines` or `patients`.
  package var role: String
  package var samples: Int
  package var measuredGenes: Int
  package var genes: Int
  package var unit: String
  package var assay: String
  /// Pairs of a sample and a drug whose response is known.
  package var responses: Int
  package var drugs: Int
  package var tissues: [Count]
  package var dropped: [Dropped]

  package init(
    name: String, title: String, role: String, samples: Int, measuredGenes: Int, genes: Int, unit: String,
    assay: String, responses: Int, drugs: Int, tissues: [Count] = [], dropped: [Dropped] = []
  ) {
    self.name = name
    self.title = title
    self.role = role
    self.samples = samples
    self.measuredGenes = measuredGenes
    self.genes = genes
    self.unit = unit
    self.assay = assay
    self.responses = responses
    self.drugs = drugs
    self.tissues = tissues
    self.dropped = dropped
  }

  /// So many samples of a tissue.
  package struct Count: Codable, Sendable, Equatable {
    package var name: String
    package var count: Int

    package init(name: String, count: Int) {
      (self.name, self.count) = (name, count)
    }
  }

  /// So many things left out for one reason.
  package struct Dropped: Codable, Sendable, Equatable {
    /// `sample`, `gene`, `row`, `response`, `drug`.
    package var kind: String
    package var reason: String
    package var count: Int

    package init(kind: String, reason: String, count: Int) {
      (self.kind, self.reason, self.count) = (kind, reason, count)
    }
  }
}
