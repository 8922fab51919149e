/// Numbers of a layer that a pass in training changes and no gradient reaches, under the name that PyTorch gives them.
package final class Buffer {
  package let name: String
  /// Changed by the layer alone.
  package let value: Tensor
  /// Whether it is one whole number, which checkpoints keep as such.
  package let isCount: Bool

  package init(_ name: String, _ value: Tensor, isCount: Bool = false) {
    precondition(!isCount || value.count == 1, "a count of shape \(value.shape)")
    self.name = name
    self.value = value
    self.isCount = isCount
  }
}
