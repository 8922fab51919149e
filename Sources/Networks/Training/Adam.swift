import Matrices

/// Adam's running means for a list of parameters, and the steps it takes with them.
///
/// Kingma and Ba 2015; the same results as PyTorch's `Adam`.
package struct Adam {
  package let parameters: [Parameter]
  /// Running means of the gradients, one tensor a parameter.
  package let first: [Tensor]
  /// Running means of their squares.
  package let second: [Tensor]
  /// Steps taken.
  package var steps = 0
  package var weightDecay: Float = 0

  package init(_ parameters: [Parameter], weightDecay: Float = 0, pool: BufferPool) {
    self.parameters = parameters
    self.weightDecay = weightDecay
    first = parameters.map { Tensor($0.value.shape, repeating: 0, pool: pool) }
    second = parameters.map { Tensor($0.value.shape, repeating: 0, pool: pool) }
  }

  /// Changes the parameters; one without a gradient stays as it is, but the step counts for it, unlike in PyTorch.
  package mutating func step(_ gradients: [Tensor?], learningRate: Double, lanes: Lanes) {
    precondition(gradients.count == parameters.count, "\(gradients.count) gradients, \(parameters.count) parameters")
    steps += 1
    let step = AdamStep(learningRate: learningRate, weightDecay: weightDecay, number: steps)
    for (index, gradient) in gradients.enumerated() {
      guard let gradient else { continue }
      let value = parameters[index].value
      precondition(gradient.shape == value.shape, "a gradient of shape \(gradient.shape) for \(parameters[index].name)")
      step.run(
        value.pointer, gradient: gradient.pointer, first: first[index].pointer, second: second[index].pointer,
        count: value.count, lanes: lanes)
    }
  }
}
