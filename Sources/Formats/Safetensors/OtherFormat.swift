import Problems

/// What a file is that was taken for a safetensors file.
enum OtherFormat {
  case torchArchive
  case pickle
  case page
  case pointer
  case text
  case other(String)

  /// Looks at the file's content; nil if it is nothing that is known.
  init?(of path: String) throws {
    let file = try InputFile(path)
    switch file.content {
    case .zip:
      let isTorch = try ZipArchive(path: path).entries.contains { $0.name.hasSuffix("data.pkl") }
      self = isTorch ? .torchArchive : .other("a zip archive")
    case .pickle: self = .pickle
    case .text: self = try Self.text(of: path)
    case .gzip: self = .other("a gzip stream")
    case .workbook, .hdf5, .npy: self = .other("\(file.content.rawValue)")
    case .binary: return nil
    }
  }

  private static func text(of path: String) throws -> OtherFormat {
    var head = [UInt8](repeating: 0, count: 64)
    let count = try head.withUnsafeMutableBytes { try FileSource(path).read(into: $0) }
    let start = head[..<count].drop { $0 <= 0x20 || $0 >= 0x80 }
    if start.starts(with: "version https://git-lfs".utf8) { return .pointer }
    return start.first == UInt8(ascii: "<") ? .page : .text
  }

  func error(at place: Place) -> FormatError {
    let convert = "in Python: safetensors.torch.save_file(torch.load(FILE, weights_only=True), OUT)"
    let (cause, remedy) =
      switch self {
      case .torchArchive: ("is a PyTorch checkpoint (a zip archive with a pickle in it), not safetensors", convert)
      case .pickle: ("is a pickle, as PyTorch wrote checkpoints before 1.6, not safetensors", convert)
      case .page:
        (
          "is an HTML or XML page, as servers send one in place of a file",
          "open it to read why, then download the file itself"
        )
      case .pointer: ("is a Git LFS pointer that stands for the file", "fetch the file itself: git lfs pull")
      case .text: ("is text, not safetensors", "name the .safetensors file")
      case .other(let name): ("is \(name), not safetensors", "name the .safetensors file")
      }
    return FormatError(.wrongFormat, at: place, cause, remedy: remedy)
  }
}
