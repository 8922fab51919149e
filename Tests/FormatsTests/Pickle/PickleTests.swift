import Foundation
import Problems
import TestSupport
import Testing

@testable import Formats

@Suite("Pickles")
struct PickleTests {
  private func read(_ bytes: [UInt8]) throws -> PickleValue {
    try PickleFile.read(bytes: bytes[...], at: Place("x.pkl"), limits: PickleLimits())
  }

  private func read(_ text: String) throws -> PickleValue { try read(Array(text.utf8)) }

  private func dictionary(_ name: String) throws -> PickleDictionary {
    try #require(try PickleFile.read(path: Fixture.path("Pickle/\(name)")).dictionary)
  }

  @Test("reads every kind of plain value in every protocol of Python 3.11", arguments: 0...5)
  func protocols(version: Int) throws {
    let values = try dictionary("protocol\(version).pkl")
    #expect(values["none"] == PickleValue.none)
    #expect(values["yes"] == .boolean(true) && values["no"] == .boolean(false))
    let integers = [0, -1, 255, 256, 65535, 65536, -0x8000_0000, 0x8000_0000, Int.min, Int.max]
    #expect(values["small"] == .list(integers.map(PickleValue.integer)))
    #expect(values["floats"] == .list([.double(0.5), .double(-1e300), .double(.infinity)]))
    #expect(values["text"] == .string("gen\u{e9}\n'\"\\ \u{1F9EC}"))
    #expect(values["raw"] == .bytes([0, 0xFF, 0x0A]))
    let one = PickleValue.integer(1)
    #expect(values["tuples"]?.items?.prefix(3) == [.tuple([]), .tuple([one]), .tuple([one, .integer(2)])])
    #expect(values["tuples"]?.items?.count == 5)
    #expect(values["group"] == .set([.integer(5)]) && values["frozen"] == .set([.integer(6)]))
    #expect(values["inner"]?.dictionary?["a"]?.dictionary?["b"] == .list([.list([])]))
    #expect(values["shared"] == .list([.list([.string("again")]), .list([.string("again")])]))
    #expect(values["ordered"]?.dictionary?.entries.map(\.key) == [.string("z"), .string("a")])
    if version >= 2 { #expect(values["big"] == .bigInteger([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])) }
    if version >= 5 { #expect(values["bytearray"] == .bytes([0x61, 0x62])) }
  }

  @Test("reads arrays and scalars of NumPy 2.4.6", arguments: [2, 4, 5])
  func numpy(version: Int) throws {
    let values = try dictionary("numpy\(version).pkl")
    for name in ["<f2", "<f4", "<f8", "i1", "<i2", "<i4", "<i8", "u1", "<u2", "<u4", "<u8"] {
      guard case .array(let array)? = values[name] else { throw FormatError(.missing, at: nil, name) }
      #expect(array.shape == [2, 3])
      #expect(array.floats() == [0, 1, 2, 100, 50, 25], "\(name)")
      #expect(array.integers() == [0, 1, 2, 100, 50, 25], "\(name)")
    }
    guard case .array(let flags)? = values["bool"], case .array(let fortran)? = values["fortran"],
      case .array(let point)? = values["point"]
    else { throw FormatError(.missing, at: nil, "arrays") }
    #expect(flags.element == .boolean && flags.integers() == [1, 0])
    #expect(fortran.floats() == [0, 1, 2, 3, 4, 5])
    #expect(point.shape == [] && point.integers() == [7])
    #expect(
      values["scalars"]
        == .list([
          .double(Double(Float(0.1))), .double(0.1), .integer(-5), .integer(200), .boolean(true), .double(-1.5),
        ]))
  }

  @Test("refuses big-endian arrays and arrays of objects", arguments: ["big-endian.pkl", "objects.pkl"])
  func otherArrays(name: String) throws {
    let error = try #require(throws: FormatError.self) { try PickleFile.read(path: Fixture.path("Pickle/\(name)")) }
    #expect(error.kind == .wrongFormat || error.kind == .malformed)
  }

  @Test("reads a state dict in PyTorch's old and new layout", arguments: ["legacy.pt", "zip.pt"])
  func torch(name: String) throws {
    let values = try dictionary(name)
    let line = (0..<12).map(Float.init)
    #expect(values["weight"]?.tensor?.floats() == line)
    #expect(values["weight"]?.tensor?.shape == [3, 4])
    #expect(
      values["transposed"]?.tensor?.floats() == (0..<4).flatMap { column in (0..<3).map { line[$0 * 4 + column] } })
    #expect(values["row"]?.tensor?.floats() == [4, 5, 6, 7])
    #expect(values["double"]?.tensor?.floats() == [0.5, -2])
    #expect(values["half"]?.tensor?.floats() == [1.5, -0.25, 0x1p-24, 65504, .infinity])
    #expect(values["bfloat"]?.tensor?.floats() == [1.5, -3])
    #expect(values["steps"]?.tensor?.shape == [] && values["steps"]?.tensor?.integers() == [42])
    #expect(values["empty"]?.tensor?.floats() == [])
  }

  @Test("reads tensors whose storages are embedded in a plain pickle")
  func embedded() throws {
    let values = try dictionary("embedded.pkl")
    #expect(values["CAL120"]?.tensor?.floats() == [0, 1, 2, 3, 4])
    #expect(values["DMS114"]?.tensor?.floats() == [1, 2, 3, 4, 5])
  }

  @Test(
    "tensors that leave their storage, and storages that are not there, are errors",
    arguments: [("outside.pkl", .malformed), ("short-storage.pt", .truncated), ("no-storage.pt", .missing)]
      as [(String, FormatError.Kind)])
  func badTensors(name: String, kind: FormatError.Kind) throws {
    let error = try #require(throws: FormatError.self) { try PickleFile.read(path: Fixture.path("Pickle/\(name)")) }
    #expect(error.kind == kind, "\(error)")
  }

  @Test(
    "never runs anything: a name that is not on the list is named and refused",
    arguments: [
      ("cos\nsystem\n(S'touch /tmp/x'\ntR.", "os.system"), ("c__builtin__\neval\n(S'1'\ntR.", "__builtin__.eval"),
      ("ctorch\nload\n.", "torch.load"), ("cnumpy.core.multiarray\nfromfile\n.", "fromfile"),
      ("cbuiltins\ngetattr\n.", "builtins.getattr"),
    ])
  func hostileGlobals(pickle: String, name: String) throws {
    let error = try #require(throws: FormatError.self) { try read(pickle) }
    #expect(error.kind == .wrongFormat && error.cause.contains(name))
  }

  @Test(
    "broken pickles are errors",
    arguments: [
      ("", .truncated), ("]", .truncated), (".", .malformed), ("K", .truncated), ("t.", .malformed), ("(.", .malformed),
      ("I12", .truncated), ("Ix\n.", .malformed), ("Fx\n.", .malformed), ("Sx\n.", .malformed), ("h\u{5}.", .malformed),
      ("K\u{1}K\u{2}a.", .malformed), ("}(K\u{1}u.", .malformed), ("X\u{7F}\u{7F}\u{7F}\u{7F}a.", .truncated),
      ("\u{1}.", .malformed), ("NN.x", .malformed), ("L99999999999999999999999L\n.", .malformed),
      ("]q\u{0}h\u{0}a.", .malformed), ("NNR.", .malformed), ("NNb.", .malformed), ("N\u{51}.", .malformed),
    ] as [(String, FormatError.Kind)])
  func broken(pickle: String, kind: FormatError.Kind) throws {
    let error = try #require(throws: FormatError.self) { try read(pickle) }
    #expect(error.kind == kind, "\(error)")
  }

  @Test("deep nesting, cycles and lists that unfold exponentially are refused")
  func blowUps() throws {
    var deep = [UInt8](repeating: UInt8(ascii: "]"), count: 100_000)
    deep += [UInt8](repeating: UInt8(ascii: "a"), count: 99_999) + [UInt8(ascii: ".")]
    #expect(try #require(throws: FormatError.self) { try read(deep) }.kind == .tooLarge)

    var tuples = [UInt8(ascii: ")")] + [UInt8](repeating: 0x85, count: 100_000) + [UInt8(ascii: ".")]
    #expect(try #require(throws: FormatError.self) { try read(tuples) }.kind == .tooLarge)
    tuples = [UInt8(ascii: ")")] + [UInt8](repeating: 0x85, count: 100) + [UInt8(ascii: ".")]
    _ = try read(tuples)

    // A tuple that holds the one before it twice, sixty times over.
    var bytes: [UInt8] = [UInt8(ascii: ")")]
    for _ in 0..<60 { bytes += [UInt8(ascii: "2"), 0x86] }
    #expect(try #require(throws: FormatError.self) { try read(bytes + [UInt8(ascii: ".")]) }.kind == .tooLarge)

    // The same list copied into a new set ten thousand times.
    var copies = Array("c__builtin__\nset\nq\u{0}0](".utf8) + [UInt8](repeating: UInt8(ascii: "N"), count: 10_000)
    copies += Array("eq\u{1}0".utf8)
    for _ in 0..<10_000 { copies += Array("h\u{0}h\u{1}".utf8) + [0x85, UInt8(ascii: "R"), UInt8(ascii: "0")] }
    #expect(try #require(throws: FormatError.self) { try read(copies + Array("N.".utf8)) }.kind == .tooLarge)
  }

  @Test("a storage that is loaded again and again is refused")
  func wrapped() throws {
    var bytes = Array("ctorch.storage\n_load_from_bytes\nq\u{0}0".utf8)
    let legacy = try Fixture.bytes("Pickle/legacy.pt")
    bytes += [UInt8(ascii: "B")] + (0..<4).map { UInt8(truncatingIfNeeded: legacy.count >> (8 * $0)) } + legacy
    bytes += Array("q\u{1}0".utf8)
    let call = Array("h\u{0}h\u{1}".utf8) + [0x85, UInt8(ascii: "R")]
    #expect(try read(bytes + call + [UInt8(ascii: ".")]).dictionary?.count == 8)
    for _ in 0..<2000 { bytes += call + [UInt8(ascii: "0")] }
    #expect(try #require(throws: FormatError.self) { try read(bytes + Array("N.".utf8)) }.kind == .tooLarge)
  }

  @Test("of equal keys the last value stays")
  func equalKeys() throws {
    let value = try read("}(S'a'\nK\u{1}S'b'\nK\u{2}S'a'\nK\u{3}u.")
    #expect(value.dictionary?.entries.map(\.value) == [.integer(3), .integer(2)])
    #expect(value.dictionary?["a"] == .integer(3))
  }

  @Test(
    "damaged pickles throw and never crash or hang",
    arguments: [
      "protocol0.pkl", "protocol2.pkl", "protocol5.pkl", "numpy4.pkl", "numpy5.pkl", "legacy.pt", "embedded.pkl",
    ])
  func damaged(name: String) throws {
    let bytes = try Fixture.bytes("Pickle/\(name)")
    var generator = SeededGenerator(seed: UInt64(name.count))
    var failures = 0
    for _ in 0..<1500 {
      let mutated = mutate(bytes, using: &generator)
      do {
        if let dictionary = try read(mutated).dictionary {
          for entry in dictionary.entries { _ = entry.value.tensor?.floats() }
        }
      } catch is FormatError {
        failures += 1
      }
    }
    #expect(failures > 300)
  }

  @Test("random opcodes throw and never crash or hang")
  func randomOpcodes() throws {
    let opcodes = Array("(.0123FIJKLMNPQRSTUVXBCabcdeghijloplqrstu})]G\u{1}\n".utf8) + (0x80...0x98).map { UInt8($0) }
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<20_000 {
      let length = Int.random(in: 1...60, using: &generator)
      let bytes = (0..<length).map { _ in opcodes[Int.random(in: opcodes.indices, using: &generator)] }
      do { _ = try read(bytes + [UInt8(ascii: ".")]) } catch is FormatError {}
    }
  }

  @Test(
    "reads a published model's weights", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func soltrannet() throws {
    let values = try #require(
      try PickleFile.read(path: SharedData.data("mat/soltrannet_aqsol_trained.weights")).dictionary)
    #expect(values.count == 118)
    #expect(values.entries.allSatisfy { $0.value.tensor?.floats().allSatisfy(\.isFinite) == true })
    #expect(values["encoder.layers.0.self_attn.linears.0.weight"]?.tensor?.shape == [8, 8])
  }

  @Test(
    "reads Geneformer's dictionaries through gzip", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func geneformer() throws {
    func dictionary(_ name: String) throws -> PickleDictionary {
      let path = SharedData.data("geneformer/\(name).pkl.gz")
      let source = try GzipSource(FileSource(path), path: path)
      return try #require(try PickleFile.read(source, at: Place(path)).dictionary)
    }
    let tokens = try dictionary("token_dictionary")
    #expect(tokens.count == 25_426 && tokens["<mask>"] == .integer(1))
    let medians = try dictionary("gene_median_dictionary")
    #expect(medians.count == 25_424)
    let values = medians.entries.compactMap(\.value.double)
    #expect(values.count == 25_424 && abs((values.max() ?? 0) - 634.3) < 0.1)
    #expect(try dictionary("gene_name_id_dict").entries.allSatisfy { $0.value.string?.hasPrefix("ENSG") == true })
  }
}
