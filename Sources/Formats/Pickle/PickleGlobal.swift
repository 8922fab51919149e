/// The only names a pickle may ask for; each stands for a way to build data, none for code that runs.
enum PickleGlobal: Equatable {
  case orderedDictionary
  case defaultDictionary
  case set
  case byteArray
  case encode
  case inertType
  case numpyScalar
  case numpyReconstruct
  case numpyFromBuffer
  case numpyArrayType
  case numpyDType
  case torchStorage(PickledElement)
  case torchTensor
  case torchParameter
  case torchLoadFromBytes
  case torchSize
  case torchDevice

  init?(module: String, name: String) {
    switch (Self.modern(module), name) {
    case ("collections", "OrderedDict"): self = .orderedDictionary
    case ("collections", "defaultdict"): self = .defaultDictionary
    case ("builtins", "set"), ("builtins", "frozenset"): self = .set
    case ("builtins", "bytearray"), ("builtins", "bytes"): self = .byteArray
    case ("builtins", "list"), ("builtins", "dict"), ("builtins", "int"), ("builtins", "float"): self = .inertType
    case ("_codecs", "encode"): self = .encode
    case ("numpy.core.multiarray", "scalar"): self = .numpyScalar
    case ("numpy.core.multiarray", "_reconstruct"): self = .numpyReconstruct
    case ("numpy.core.numeric", "_frombuffer"): self = .numpyFromBuffer
    case ("numpy", "ndarray"): self = .numpyArrayType
    case ("numpy", "dtype"): self = .numpyDType
    case ("torch._utils", "_rebuild_tensor_v2"), ("torch._utils", "_rebuild_tensor"): self = .torchTensor
    case ("torch._utils", "_rebuild_parameter"): self = .torchParameter
    case ("torch.storage", "_load_from_bytes"): self = .torchLoadFromBytes
    case ("torch", "Size"): self = .torchSize
    case ("torch", "device"): self = .torchDevice
    case ("torch", _), ("torch.storage", _):
      guard let element = PickledElement(torchStorage: name) else { return nil }
      self = .torchStorage(element)
    default: return nil
    }
  }

  /// Python 2's and NumPy 2's names of modules as the ones above.
  private static func modern(_ module: String) -> String {
    if module == "__builtin__" { return "builtins" }
    return module.hasPrefix("numpy._core.") ? "numpy.core." + module.dropFirst("numpy._core.".count) : module
  }
}
