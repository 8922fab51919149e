/// Every choice that decides how predictors are trained: with equal settings, equal data give equal bits.
package struct PredictorSettings: Sendable, Equatable, Codable {
  package var head: PredictorHead
  /// Of every random number of the run, the folds' too; not negative.
  package var seed: Int
  /// Branches that are left out.
  package var without: [PredictorBranch] = []
  package var split = SplitRule.pair
  /// Parts that the pairs are cut into; each is tested once.
  package var folds = 10
  /// The most epochs of a fold.
  package var epochs = 200
  /// Pairs a step.
  package var batchSize = 512
  /// Of Adam.
  package var learningRate = 1e-3
  /// Epochs without a better loss on the fold that stops, after which training ends.
  package var patience = 10
  package var dropout: Float = 0.1

  package init(head: PredictorHead, seed: Int) { (self.head, self.seed) = (head, seed) }
}
