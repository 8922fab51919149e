/// What an epoch of a training came to.
package struct PredictorEpoch: Sendable, Equatable, Codable {
  /// Mean cross entropy over the pairs that train, each as it was when its batch came.
  package let training: Double
  /// Of the pairs that stop the training, in evaluation.
  package let stopping: Double

  package init(training: Double, stopping: Double) { (self.training, self.stopping) = (training, stopping) }
}
