import Networks

/// The networks that express each patient as a mixture of cell lines.
///
/// THERAPI (ICML 2025 workshop), section on heterogeneity-aware alignment; parameters have the names of its published
/// code.
package struct Aligner {
  /// What the networks give for the cell lines.
  package struct Source {
    /// Cell lines x latent.
    package let latent: Variable
    /// Cell lines x genes.
    package let reconstruction: Variable
  }

  /// What they give for patients.
  package struct Target {
    /// Patients x cell lines; each row sums to one.
    package let weights: Variable
    /// The mixtures' latents, patients x latent.
    package let latent: Variable
    /// The mixtures' expression, patients x genes.
    package let aligned: Variable
    /// The patients' own expression from the latents, patients x genes.
    package let reconstruction: Variable
  }

  package struct Shape: Sendable, Equatable {
    package var genes: Int
    package var tissues: Int
    package var latent: Int
    /// Not so where the source is one tissue only.
    package var hasClassifiers: Bool

    package init(genes: Int, tissues: Int, latent: Int, hasClassifiers: Bool = true) {
      self.genes = genes
      self.tissues = tissues
      self.latent = latent
      self.hasClassifiers = hasClassifiers
    }
  }

  package let shape: Shape
  private let encoder: Perceptron
  private let decoder: Perceptron
  private let query: Perceptron
  private let key: Linear
  private let targetDecoder: Perceptron
  /// Tissue from a latent, and from expression; both serve both domains.
  private let latentClassifier: Perceptron?
  private let expressionClassifier: Perceptron?
  /// One point of the latent space for each tissue.
  package let centers: Parameter

  package init(_ shape: Shape, pool: BufferPool, using generator: inout some RandomNumberGenerator) {
    func perceptron(_ name: String, _ widths: [Int]) -> Perceptron {
      Perceptron(name, widths: widths, pool: pool, using: &generator)
    }
    let (genes, latent, tissues) = (shape.genes, shape.latent, shape.tissues)
    self.shape = shape
    encoder = perceptron("source_AE.encoder", [genes, 256, latent])
    decoder = perceptron("source_AE.decoder", [latent, 256, genes])
    query = perceptron("target_weightencoder.Q", [genes, latent, latent])
    key = Linear(
      "target_weightencoder.K", inputs: latent, outputs: latent, hasBias: false, pool: pool, using: &generator)
    targetDecoder = perceptron("target_weightencoder.decoder", [latent, 256, genes])
    latentClassifier =
      shape.hasClassifiers ? perceptron("emb_dis_classifier.label_classifier", [latent, 128, 32, tissues]) : nil
    expressionClassifier =
      shape.hasClassifiers ? perceptron("exp_dis_classifier.label_classifier", [genes, 512, 128, 32, tissues]) : nil
    centers = Parameter("centers", Tensor(normal: [tissues, latent], pool: pool, using: &generator))
  }

  /// The parameters of the networks, without the centers.
  package var parameters: [Parameter] {
    [encoder, decoder, query].flatMap(\.parameters) + key.parameters + targetDecoder.parameters
      + (latentClassifier?.parameters ?? []) + (expressionClassifier?.parameters ?? [])
  }

  /// `x`: cell lines x genes.
  package func source(_ x: Variable) -> Source {
    let latent = encoder(x)
    return Source(latent: latent, reconstruction: decoder(latent))
  }

  /// `x`: patients x genes, as mixtures of the cell lines `lines` x genes with their latents.
  ///
  /// The scores of patient and cell line are multiplied by `scale` before the softmax.
  package func target(_ x: Variable, lines: Variable, latents: Variable, scale: Float) -> Target {
    let scores = query(x).product(key(latents), transposesRight: true)
    let weights = (scale == 1 ? scores : scores.scaled(by: scale)).softmax()
    let latent = weights.product(latents)
    return Target(
      weights: weights, latent: latent, aligned: weights.product(lines), reconstruction: targetDecoder(latent))
  }

  /// Unnormalised log-probabilities of the tissues, samples x tissues; nil where there are no classifiers.
  package func tissues(ofLatent latent: Variable) -> Variable? { latentClassifier?(latent) }

  package func tissues(ofExpression expression: Variable) -> Variable? { expressionClassifier?(expression) }
}
