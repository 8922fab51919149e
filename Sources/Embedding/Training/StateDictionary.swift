import Formats
import Networks

extension [Parameter] {
  /// The numbers by name.
  package var tensors: [String: Safetensor] {
    Dictionary(uniqueKeysWithValues: map { ($0.name, Safetensor(shape: $0.value.shape, $0.value.values)) })
  }

  /// Takes the numbers of tensors of the same names and shapes.
  package func fill(from file: SafetensorsFile) throws {
    for parameter in self { parameter.value.fill(try file.floats(parameter.name, shape: parameter.value.shape)) }
  }
}

extension [Buffer] {
  /// The numbers by name; counts are whole numbers, as in PyTorch.
  package var tensors: [String: Safetensor] {
    Dictionary(
      uniqueKeysWithValues: map { buffer in
        let value = buffer.value
        return (
          buffer.name,
          buffer.isCount
            ? Safetensor(shape: [], values: .integers([Int64(value.scalar)]))
            : Safetensor(shape: value.shape, value.values)
        )
      })
  }
}
