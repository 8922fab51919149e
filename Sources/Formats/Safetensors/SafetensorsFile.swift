import Files
import Problems

/// A checkpoint in the safetensors format: named tensors, and texts that say what they are.
///
/// The layout is that of https://github.com/huggingface/safetensors: the length of a JSON header in 8 bytes, the
/// header, the tensors without a gap between them. Equal content gives equal bytes.
package struct SafetensorsFile: Sendable {
  package var metadata: [String: String]
  package var tensors: [String: Safetensor]
  /// Where it was read from; nil if it was made in memory.
  package internal(set) var path: String?

  package init(metadata: [String: String] = [:], tensors: [String: Safetensor]) {
    self.metadata = metadata
    self.tensors = tensors
  }

  /// SHA-256 in hexadecimal digits of the tensors alone, that is of the file that they give without metadata.
  package var fingerprint: String {
    var sum = SHA256()
    SafetensorsFile(tensors: tensors).encode { sum.update($0) }
    return sum.hex()
  }

  /// The values of a tensor of single-precision numbers; `.missing` if there is none of that name, `.wrongFormat` if it
  /// is of another shape or type.
  package func floats(_ name: String, shape: [Int]) throws -> [Float] {
    let tensor = try tensor(name)
    guard tensor.shape == shape, case .floats(let values) = tensor.values else {
      throw FormatError(
        .wrongFormat, at: place(name),
        "is \(tensor.values.element.rawValue) of shape \(tensor.shape), not F32 of \(shape)",
        remedy: "take the checkpoint of a model of this kind and size")
    }
    return values
  }

  /// The tensor of that name; `.missing` if there is none.
  package func tensor(_ name: String) throws -> Safetensor {
    guard let tensor = tensors[name] else {
      let names = tensors.keys.sorted().prefix(6).joined(separator: ", ")
      throw FormatError(
        .missing, at: place(name), "the checkpoint has no such tensor",
        remedy: names.isEmpty ? "it has none at all" : "it has \(tensors.count), such as \(names)")
    }
    return tensor
  }

  private func place(_ name: String) -> Place { Place(path ?? "checkpoint", field: name) }
}
