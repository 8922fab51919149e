/// Predictions of every patient and drug, and what each patient is a mixture of.
package struct PredictionContent: Codable, Sendable, Equatable {
  /// What was predicted by which model.
  package var method: String
  /// Where all predictions lie, as a file name.
  package var file: String
  package var folds: Int
  package var drugs: [String]
  /// Names that mixtures refer to by number.
  package var cellLines: [CellLine]
  package var patients: [Patient]
  /// Patients x drugs: means over folds of the sigmoid.
  package var probabilities: PackedNumbers
  /// Patients x drugs: mean logits over folds.
  package var logits: PackedNumbers
  /// Patients x drugs: standard deviations of the logit over folds.
  package var deviations: PackedNumbers
  package var labels: [Label]

  package init(
    method: String, file: String, folds: Int, drugs: [String], cellLines: [CellLine], patients: [Patient],
    probabilities: PackedNumbers, logits: PackedNumbers, deviations: PackedNumbers, labels: [Label] = []
  ) {
    self.method = method
    self.file = file
    self.folds = folds
    self.drugs = drugs
    self.cellLines = cellLines
    self.patients = patients
    self.probabilities = probabilities
    self.logits = logits
    self.deviations = deviations
    self.labels = labels
  }

  package struct CellLine: Codable, Sendable, Equatable {
    package var name: String
    package var tissue: String?

    package init(name: String, tissue: String?) {
      (self.name, self.tissue) = (name, tissue)
    }
  }

  package struct Patient: Codable, Sendable, Equatable {
    package var name: String
    package var tissue: String?
    /// Entropy of the weights in nats.
    package var heterogeneity: Double?
    /// The heaviest cell lines, heaviest first.
    package var mixture: [Component]

    package init(name: String, tissue: String?, heterogeneity: Double?, mixture: [Component]) {
      (self.name, self.tissue, self.heterogeneity, self.mixture) = (name, tissue, heterogeneity, mixture)
    }
  }

  /// A cell line's share of a patient.
  package struct Component: Codable, Sendable, Equatable {
    /// Position in `cellLines`.
    package var cellLine: Int
    package var weight: Double

    package init(cellLine: Int, weight: Double) {
      (self.cellLine, self.weight) = (cellLine, weight)
    }
  }

  /// A known response.
  package struct Label: Codable, Sendable, Equatable {
    /// Position in `patients`.
    package var patient: Int
    /// Position in `drugs`.
    package var drug: Int
    /// 1 responder, 0 non-responder.
    package var value: Int

    package init(patient: Int, drug: Int, value: Int) {
      (self.patient, self.drug, self.value) = (patient, drug, value)
    }
  }
}
