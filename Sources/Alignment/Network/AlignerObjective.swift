import Networks

/// What training makes small: reconstruction, classification and center loss of both domains, with their weights.
package struct AlignerObjective: Sendable, Equatable {
  package var reconstruction: Float
  package var classification: Float
  package var center: Float
  /// Whether squared errors of the reconstruction are averaged over genes too, not only over samples.
  package var averagesGenes: Bool
  /// Whether the squared distances to the centers are averaged over samples, not summed.
  package var averagesCenters: Bool
  /// Whether the scores are divided by the root of the latent's size.
  package var scalesScores: Bool

  package init(
    reconstruction: Float, classification: Float, center: Float, averagesGenes: Bool, averagesCenters: Bool,
    scalesScores: Bool
  ) {
    self.reconstruction = reconstruction
    self.classification = classification
    self.center = center
    self.averagesGenes = averagesGenes
    self.averagesCenters = averagesCenters
    self.scalesScores = scalesScores
  }

  /// One batch of either domain: samples x genes, and the tissue of each sample.
  package struct Batch {
    package let x: Tensor
    package let tissues: [Int]

    package init(x: Tensor, tissues: [Int]) {
      self.x = x
      self.tissues = tissues
    }
  }

  /// One pass: its outputs, and the terms of the loss before their weights.
  package struct Pass {
    package let source: Aligner.Source
    package let target: Aligner.Target
    package let terms: [(term: AlignerTerm, value: Variable)]
    package let total: Variable
  }

  /// Runs both domains through the networks.
  package func run(_ aligner: Aligner, source: Batch, target: Batch, on tape: Tape) -> Pass {
    let (x, y) = (tape.constant(source.x), tape.constant(target.x))
    let lines = aligner.source(x)
    let patients = aligner.target(
      y, lines: x, latents: lines.latent, scale: scoreScale(latent: aligner.shape.latent))
    let centers = tape.variable(aligner.centers)
    var terms: [(AlignerTerm, Variable)] = [
      (.sourceReconstruction, reconstruction(lines.reconstruction, x)),
      (.targetReconstruction, reconstruction(patients.reconstruction, y)),
      (.sourceCenter, distance(lines.latent, centers.gathered(source.tissues))),
      (.targetCenter, distance(patients.latent, centers.gathered(target.tissues))),
    ]
    func classify(_ term: AlignerTerm, _ logits: Variable?, _ tissues: [Int]) {
      if let logits { terms.append((term, logits.crossEntropy(tissues))) }
    }
    classify(.sourceClassLatent, aligner.tissues(ofLatent: lines.latent), source.tissues)
    classify(.targetClassLatent, aligner.tissues(ofLatent: patients.latent), target.tissues)
    classify(.sourceClassExpression, aligner.tissues(ofExpression: lines.reconstruction), source.tissues)
    classify(.targetClassExpression, aligner.tissues(ofExpression: patients.aligned), target.tissues)
    let weighted = terms.map { $1.scaled(by: weight(of: $0)) }
    return Pass(
      source: lines, target: patients, terms: terms, total: weighted.dropFirst().reduce(weighted[0]) { $0 + $1 })
  }

  /// What scores of patient and cell line are multiplied by.
  func scoreScale(latent: Int) -> Float { scalesScores ? 1 / Float(latent).squareRoot() : 1 }

  func weight(of term: AlignerTerm) -> Float {
    switch term {
    case .sourceReconstruction, .targetReconstruction: reconstruction
    case .sourceCenter, .targetCenter: center
    case .sourceClassLatent, .targetClassLatent, .sourceClassExpression, .targetClassExpression: classification
    }
  }

  private func reconstruction(_ made: Variable, _ x: Variable) -> Variable {
    let count = averagesGenes ? x.value.count : x.value.rows
    return made.squaredDistance(to: x).scaled(by: 1 / Float(count))
  }

  private func distance(_ latent: Variable, _ centers: Variable) -> Variable {
    let sum = latent.squaredDistance(to: centers)
    return averagesCenters ? sum.scaled(by: 1 / Float(latent.value.rows)) : sum
  }
}

/// The terms of the aligner's loss.
package enum AlignerTerm: String, Sendable, CaseIterable {
  case sourceReconstruction = "source_reconstruction"
  case targetReconstruction = "target_reconstruction"
  case sourceClassLatent = "source_class_latent"
  case targetClassLatent = "target_class_latent"
  case sourceClassExpression = "source_class_expression"
  case targetClassExpression = "target_class_expression"
  case sourceCenter = "source_center"
  case targetCenter = "target_center"
}
