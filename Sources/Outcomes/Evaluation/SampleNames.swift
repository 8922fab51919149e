import Sources

/// How a table names the samples that were scored.
package enum SampleNames: String, Sendable, CaseIterable {
  /// As the scores do.
  case sample
  /// By the first 12 characters of a TCGA barcode: all samples of the patient.
  case tcgaPatient = "tcga-patient"
  /// By the first 15 characters of a TCGA barcode, whatever follows.
  case tcgaSample = "tcga-sample"

  /// What two names of one sample have in common; nil for what is no name of this kind.
  func key(of name: String) -> String? {
    switch self {
    case .sample: name
    case .tcgaPatient: TCGABarcode(name)?.patient
    case .tcgaSample: TCGABarcode(name)?.sample
    }
  }
}
