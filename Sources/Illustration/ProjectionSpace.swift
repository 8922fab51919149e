/// What of the samples a projection shows.
package enum ProjectionSpace: String, CaseIterable, Sendable {
  /// Expression on the scale of the alignment, as a rule each gene standardised within its cohort.
  case raw
  /// The aligner's latents.
  case latent
  /// Cell lines as they are, patients as their mixtures of cell lines.
  case aligned

  var words: String {
    switch self {
    case .raw: "before: expression"
    case .latent: "latent space"
    case .aligned: "after: aligned expression"
    }
  }
}

/// What colours the samples of a projection.
package enum ProjectionColour: String, CaseIterable, Sendable {
  /// Cell line or patient.
  case source
  case tissue
}
