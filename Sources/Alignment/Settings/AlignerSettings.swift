/// Every choice that decides how two cohorts are aligned: with equal settings, equal cohorts give equal bits.
///
/// `AlignerPreset` has two whole sets. The names in configurations and in the headers of checkpoints are those of
/// `Setting.all`; docs/align-configs.md explains each.
package struct AlignerSettings: Sendable, Equatable {
  /// What is done to the inner product of a patient's query and a cell line's key before the softmax.
  package enum ScoreScaling: String, Sendable, CaseIterable {
    /// Nothing.
    case plain = "none"
    /// Divided by the root of the latent size.
    case rootLatent = "root-latent"
  }

  /// How squared errors of a reconstruction, samples x genes, become one number.
  package enum ReconstructionLoss: String, Sendable, CaseIterable {
    /// Their sum over genes, averaged over samples: the squared norm of a sample's error.
    case squaredNorm = "squared-norm"
    /// Their mean over genes and samples.
    case mean
  }

  /// How squared distances of samples from the centers of their tissues, each a sum over the latent, become one number.
  package enum CenterLoss: String, Sendable, CaseIterable {
    case sum
    case mean
  }

  /// What becomes of the centers, which start from a standard normal distribution.
  package enum Centers: String, Sendable, CaseIterable {
    case trained
    case fixed
  }

  /// How the learning rate goes over the epochs.
  package enum Schedule: String, Sendable, CaseIterable {
    case constant
    case cosine
  }

  /// How expression of the two cohorts is brought to one scale.
  package enum Standardisation: String, Sendable, CaseIterable {
    /// Nothing is done; where the units differ, that is an error.
    case refuseMixed = "refuse-mixed"
    /// Nothing is done, whatever the units are.
    case asIs = "none"
    /// Each sample to mean 0 and standard deviation 1 over the genes measured on both sides.
    case perSample = "per-sample"
    /// Each gene to mean 0 and standard deviation 1 over the training samples of its cohort.
    case perGeneAndDomain = "per-gene-and-domain"
  }

  /// Width of the latent.
  package var latentSize = 128
  /// Alpha: weight of the two reconstructions in the loss.
  package var reconstructionWeight: Double
  /// Beta: weight of the tissue classifiers' cross entropies.
  package var classificationWeight: Double
  /// Gamma: weight of the center loss.
  package var centerWeight: Double
  package var scoreScaling: ScoreScaling
  package var reconstructionLoss: ReconstructionLoss
  package var centerLoss: CenterLoss
  package var centers: Centers
  /// Of every random number of the run; not negative.
  package var seed: Int
  package var epochs = 199
  /// Samples of the target a step; all cell lines take part in each.
  package var batchSize = 128
  /// Of Adam.
  package var learningRate = 1e-3
  /// Of Adam: added to the gradient as this times the parameter.
  package var weightDecay = 0.0
  package var schedule = Schedule.constant
  /// Epochs without a better total loss after which training ends; nil: it never ends early.
  package var patience: Int?
  /// Tissue-specific alignment: cell lines of this tissue alone, and no tissue classifiers; nil: all tissues.
  package var tissue: String?
  package var standardisation = Standardisation.refuseMixed

  /// Whether tissue classifiers train: with one tissue there is nothing to tell apart. Its center stays.
  package var hasClassifiers: Bool { tissue == nil }
}
