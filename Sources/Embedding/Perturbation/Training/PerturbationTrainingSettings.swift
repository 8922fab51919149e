import Networks

/// Every choice of a training of the perturbation network.
package struct PerturbationTrainingSettings: Sendable, Equatable, Codable {
  package var hidden = 64
  package var transformer = MoleculeTransformer.Shape(width: 1024, layers: 8, heads: 16)
  /// Of every random number of the run; not negative.
  package var seed = 42
  /// The most epochs.
  package var epochs = 1_000
  package var batchSize = 128
  /// Of Adam.
  package var learningRate = 1e-4
  /// Epochs without a better loss on the drugs held out after which training ends.
  package var patience = 20
  package var dropout: Float = 0.1
  /// Share of the drugs, not of the rows, that is held out.
  package var heldOut = 0.2
  /// Seed of the molecules' conformers.
  package var conformerSeed: Int32 = 42

  package init() {}
}
