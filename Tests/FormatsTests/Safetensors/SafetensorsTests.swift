import Files
import Foundation
import Problems
import TestSupport
import Testing

@testable import Formats

@Suite("Safetensors")
struct SafetensorsTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.safetensors")
  }

  /// The checkpoint in Fixtures/Safetensors/swift.safetensors, which Tests/Interop reads with Python.
  private static let recorded = SafetensorsFile(
    metadata: ["preset": "paper", "note": "\"Zürich\"\n\\ \u{1F} 漢字 🧬", "empty": ""],
    tensors: [
      "encoder.0.weight": Safetensor(
        shape: [2, 3], [0, -0.0, 1, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -.infinity]),
      "encoder.0.bias": Safetensor(shape: [2], [Float(bitPattern: 0x7FC0_0001), Float(bitPattern: 0xFFC1_2345)]),
      "steps": Safetensor(shape: [], values: .integers([42])),
      "limits": Safetensor(shape: [2, 1], values: .integers([.min, .max])),
      "loss": Safetensor(shape: [3], values: .doubles([0.1, -0.0, .leastNonzeroMagnitude])),
      "none": Safetensor(shape: [0, 4], []), "schicht.größe": Safetensor(shape: [1], [0.5]),
    ])

  /// The checkpoint that Fixtures/Safetensors/make_fixtures.py writes as weights.safetensors.
  private static let weights = SafetensorsFile(
    metadata: ["preset": "pa\"per\n\u{1}é/"],
    tensors: [
      "decoder.0.bias": Safetensor(shape: [2], [0.25, -1]),
      "decoder.0.weight": Safetensor(shape: [2, 3], (0..<6).map(Float.init)),
      "steps": Safetensor(shape: [], values: .integers([42])),
      "loss": Safetensor(shape: [2], values: .doubles([0.1, 0.2])), "Zürich": Safetensor(shape: [0, 2], []),
    ])

  @Test("random checkpoints come back bit for bit, and equal ones are equal bytes", arguments: 0..<60)
  func roundTrip(seed: UInt64) throws {
    var random = RandomCheckpoint(seed: seed)
    let file = random.make()
    try file.write(to: path)
    let back = try SafetensorsFile(reading: path)
    #expect(same(back, file) && back.path == path)
    #expect(try FileSource(path).readAll() == back.bytes)
    #expect(back.fingerprint == file.fingerprint)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.safetensors"])
  }

  @Test("each tensor lies on a multiple of its element's size", arguments: 100..<120)
  func alignment(seed: UInt64) throws {
    var random = RandomCheckpoint(seed: seed)
    let file = random.make()
    let header = SafetensorsHeader(of: file)
    #expect(header.encoded.count % 8 == 0)
    #expect(header.entries.allSatisfy { $0.range.lowerBound % $0.element.size == 0 })
  }

  @Test("the same content gives the bytes of safetensors 0.8.0")
  func bytesOfPython() throws {
    let bytes = try Fixture.bytes("Safetensors/weights.safetensors")
    #expect(Self.weights.bytes == bytes)
    #expect(try same(SafetensorsFile(reading: Fixture.path("Safetensors/weights.safetensors")), Self.weights))
  }

  /// After a change that is meant: `THERAPI_RECORD_CHECKPOINT=1 swift test --disable-xctest --filter SafetensorsTests`.
  @Test("the writer gives the recorded bytes, with many texts in the order of their keys")
  func recordedBytes() throws {
    try Self.recorded.write(to: path)
    if ProcessInfo.processInfo.environment["THERAPI_RECORD_CHECKPOINT"] != nil {
      let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/Safetensors/swift.safetensors")
      try Data(contentsOf: URL(fileURLWithPath: path)).write(to: fixture)
    }
    #expect(try FileSource(path).readAll() == Fixture.bytes("Safetensors/swift.safetensors"))
  }

  @Test("reads every type that Python writes, to the bit")
  func typesOfPython() throws {
    let file = try SafetensorsFile(reading: Fixture.path("Safetensors/python.safetensors"))
    func floats(_ shape: [Int], _ bits: [UInt32]) -> Safetensor {
      Safetensor(shape: shape, bits.map(Float.init(bitPattern:)))
    }
    let expected = SafetensorsFile(
      metadata: ["made by": "safetensors 0.8.0\t\"é\"/\\"],
      tensors: [
        "float": Safetensor(
          shape: [2, 3], [0.5, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity]),
        "nan": floats([3], [0x7FC0_0001, 0xFFC1_2345, 0x7F80_0001]),
        "double": Safetensor(shape: [3], values: .doubles([0.1, -1e300, .leastNonzeroMagnitude])),
        // 6e-8 is the smallest half, 2^-24.
        "half": Safetensor(shape: [6], [1.5, -0.25, 0x1p-24, 65_504, .infinity, -0.0]),
        "brain": floats([2, 2], [0x3FC0_0000, 0xC040_0000, 0x7F80_0000, 0x7FC1_0000]),
        "long": Safetensor(shape: [2, 1], values: .integers([.min, .max])),
        "int": Safetensor(shape: [2], values: .integers([Int64(Int32.min), Int64(Int32.max)])),
        "byte": Safetensor(shape: [3], values: .integers([0, 255, 7])),
        "scalar": Safetensor(shape: [], values: .integers([42])), "empty": Safetensor(shape: [0, 4], []),
        "décoder.\"0\"\n🧬": Safetensor(shape: [1], [1]),
      ])
    #expect(same(file, expected))
  }

  @Test("the fingerprint is the sum of the tensors' own file, whatever the metadata")
  func fingerprint() throws {
    var file = Self.weights
    // hashlib.sha256(safetensors.numpy.save(safetensors.numpy.load_file(FIXTURE))) with safetensors 0.8.0
    #expect(file.fingerprint == "83e50882377657f8a64d38e0b727b25002de0780d3832a8c04d73aa8de86ecff")
    #expect(Self.recorded.fingerprint == "054590f28d6334c51171a2b47d8e1e1489914454a4ccb90f27a04dc779345dcc")
    file.metadata = [:]
    #expect(file.fingerprint == SHA256.hex(of: file.bytes))
    file.tensors["steps"] = Safetensor(shape: [], values: .integers([43]))
    #expect(file.fingerprint != Self.weights.fingerprint)
  }

  @Test("a tensor is asked for by name and shape")
  func lookup() throws {
    let file = try SafetensorsFile(reading: Fixture.path("Safetensors/weights.safetensors"))
    #expect(try file.floats("decoder.0.bias", shape: [2]) == [0.25, -1])
    #expect(try file.tensor("steps").values == .integers([42]))
    let missing = try #require(throws: FormatError.self) { try file.floats("decoder.1.bias", shape: [2]) }
    #expect(missing.kind == .missing && missing.description.contains("weights.safetensors:decoder.1.bias: "))
    #expect(try #require(missing.remedy).contains("it has 5, such as Zürich, decoder.0.bias"))
    for (name, shape) in [("decoder.0.weight", [3, 2]), ("steps", [])] {
      let wrong = try #require(throws: FormatError.self) { try file.floats(name, shape: shape) }
      #expect(wrong.kind == .wrongFormat && wrong.place?.field == name && wrong.cause.contains("of shape"))
    }
    let none = try #require(throws: FormatError.self) { try SafetensorsFile(tensors: [:]).tensor("a") }
    #expect(none.description == "checkpoint:a: the checkpoint has no such tensor\n  remedy: it has none at all")
  }

  @Test(
    "a checkpoint of transformers 5.23 holds what its pickle holds",
    .enabled(if: SharedData.isPresent, "the golden files are not beside the checkout"))
  func golden() throws {
    let file = try SafetensorsFile(reading: SharedData.golden("geneformer_tiny/model.safetensors"))
    let pickle = try PickleFile.read(path: SharedData.golden("geneformer_tiny/pytorch_model.bin"))
    let expected = try #require(pickle.dictionary)
    #expect(file.metadata == ["format": "pt"] && file.tensors.count > 30)
    // The pickle holds the decoder's weight once more under its tied name.
    for (name, tensor) in file.tensors {
      let reference = try #require(expected[name]?.tensor, "\(name)")
      #expect(tensor.shape == reference.shape && tensor.values == .floats(reference.floats()), "\(name)")
    }
    try file.write(to: path)
    #expect(try same(SafetensorsFile(reading: path), file))
  }
}
