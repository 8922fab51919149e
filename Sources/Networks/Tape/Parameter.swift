/// Numbers of a network that are learnt, under the name that PyTorch gives them.
package final class Parameter {
  package let name: String
  /// Changed by the optimiser alone.
  package let value: Tensor

  package init(_ name: String, _ value: Tensor) {
    self.name = name
    self.value = value
  }
}
