import Foundation
import Problems
import TestSupport
import Testing

@testable import Formats

@Suite("Files that are no sound safetensors")
struct BadSafetensorsTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.safetensors")
  }

  private func put(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

  private func error() throws -> FormatError {
    try #require(throws: FormatError.self) { try SafetensorsFile(reading: path) }
  }

  @Test("each fault of a header is told with its tensor and a remedy", arguments: BadHeader.all)
  func headers(bad: BadHeader) throws {
    try put(bad.bytes)
    let error = try error()
    #expect(error.kind == bad.kind && error.place == Place(path, field: bad.field), "\(error)")
    #expect(error.cause.contains(bad.cause) && error.remedy != nil && error.origin == .input, "\(error)")
  }

  @Test("what is sound but unusual is read")
  func unusual() throws {
    let json = """
      {"b" :\t{"data_offsets" : [ 4 , 8 ],\r
       "shape":[1,1],"dtype":"F32"} , "\\u00e9\\ud83e\\uddec\\/\\b\\f":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},
       "e":{"dtype":"F32","shape":[7,0],"data_offsets":[4,4]},"__metadata__":{}}

      """
    try put(BadHeader.framed(json, data: 8))
    let file = try SafetensorsFile(reading: path)
    #expect(file.tensors.keys.sorted() == ["b", "e", "é🧬/\u{8}\u{C}"] && file.metadata.isEmpty)
    #expect(try file.tensor("b").shape == [1, 1] && file.tensor("e").shape == [7, 0])
    try put(BadHeader.framed("{}", data: 0))
    #expect(try SafetensorsFile(reading: path).tensors.isEmpty)
  }

  @Test("a file that is cut anywhere is truncated")
  func cut() throws {
    let bytes = try Fixture.bytes("Safetensors/weights.safetensors")
    for count in 0..<bytes.count {
      try put(Array(bytes.prefix(count)))
      let error = try error()
      #expect(error.kind == .truncated && error.remedy != nil, "\(count) bytes: \(error)")
    }
  }

  @Test(
    "another format is told by its name",
    arguments: [
      ("Pickle/zip.pt", "is a PyTorch checkpoint"), ("Pickle/legacy.pt", "is a pickle, as PyTorch wrote"),
      ("Zip/two.zip", "is a zip archive,"), ("Spreadsheet/openpyxl.xlsx", "is xlsx"), ("GCT/mini.gctx", "is HDF5"),
      ("NPY/f4.npy", "is NPY"), ("gzip/one-member.tsv.gz", "is a gzip stream"), ("text/pandas-counts.tsv", "is text"),
    ])
  func others(name: String, cause: String) throws {
    try put(Fixture.bytes(name))
    let error = try error()
    #expect(error.kind == .wrongFormat && error.cause.contains(cause) && error.remedy != nil, "\(error)")
  }

  @Test(
    "a page and a pointer in place of the file are told, with what to do",
    arguments: [
      ("\n<!DOCTYPE html>\n<html><body>Please log in</body></html>", "is an HTML or XML page", "download"),
      ("\u{FEFF}<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "is an HTML or XML page", "download"),
      ("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 4\n", "is a Git LFS pointer", "git lfs pull"),
      ("Entry not found", "is text", "name the .safetensors file"),
    ])
  func texts(text: String, cause: String, remedy: String) throws {
    try put(Array(text.utf8))
    let error = try error()
    #expect(error.kind == .wrongFormat && error.cause.contains(cause), "\(error)")
    #expect(error.remedy?.contains(remedy) == true)
  }

  @Test("what is not there, or is a folder, is unreadable")
  func unreadable() throws {
    #expect(try error().kind == .unreadable)
    #expect(try #require(throws: FormatError.self) { try SafetensorsFile(reading: folder.path) }.kind == .unreadable)
  }

  @Test("a header may be a checkpoint's only large part, up to its limit")
  func limit() throws {
    var file = BadHeader.framed("{}", data: 0)
    file.replaceSubrange(0..<8, with: withUnsafeBytes(of: UInt64(SafetensorsHeader.limit)) { Array($0) })
    try put(file)
    #expect(try error().kind == .truncated)
    file.replaceSubrange(0..<8, with: withUnsafeBytes(of: UInt64(SafetensorsHeader.limit + 1)) { Array($0) })
    try put(file)
    #expect(try error().kind == .tooLarge)
  }

  @Test("damaged files throw and never crash")
  func damaged() throws {
    let seeds = try ["weights", "python", "swift"].map { try Fixture.bytes("Safetensors/\($0).safetensors") }
    var generator = SeededGenerator(seed: 4)
    var failures = 0
    for number in 0..<600 {
      try put(mutate(seeds[number % seeds.count], using: &generator))
      do { _ = try SafetensorsFile(reading: path) } catch is FormatError { failures += 1 }
    }
    #expect(failures > 300)
  }
}

/// A file with one fault: its header's JSON, the bytes behind it, and the error that must come of it.
struct BadHeader: Sendable, CustomTestStringConvertible {
  let json: String
  let data: Int
  let kind: FormatError.Kind
  let field: String?
  let cause: String

  var testDescription: String { json }

  var bytes: [UInt8] { Self.framed(json, data: data) }

  init(_ json: String, _ data: Int, _ kind: FormatError.Kind, at field: String?, _ cause: String) {
    (self.json, self.data, self.kind, self.field, self.cause) = (json, data, kind, field, cause)
  }

  /// A file of this header and as many bytes of data; `\u{FFFD}` in the header becomes a byte that is no UTF-8.
  static func framed(_ json: String, data: Int) -> [UInt8] {
    let text = json.unicodeScalars.flatMap { $0 == "\u{FFFD}" ? [0xFF] : Array(String($0).utf8) }
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text
      + [UInt8](repeating: 1, count: data)
  }

  /// One tensor `a` whose members are these.
  private static func one(_ members: String) -> String { #"{"a":{\#(members)}}"# }

  private static func tensor(_ name: String, _ type: String, _ shape: String, _ start: Int, _ end: Int) -> String {
    #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":[\#(start),\#(end)]}"#
  }

  static let all = layouts + members + jsons

  private static let layouts = [
    BadHeader("{\(tensor("a", "F32", "[2]", 0, 8))}", 7, .truncated, at: "a", "ends at byte 8 of the data"),
    BadHeader("{\(tensor("a", "F32", "[2]", 0, 8))}", 9, .malformed, at: nil, "the last 1 bytes belong to no tensor"),
    BadHeader("{}", 1, .malformed, at: nil, "the last 1 bytes"),
    BadHeader(
      "{\(tensor("a", "F32", "[2]", 0, 8)),\(tensor("b", "F32", "[1]", 4, 8))}", 8, .malformed, at: "b",
      "its bytes from 4 on are also those of a"),
    BadHeader(
      "{\(tensor("a", "F32", "[1]", 0, 4)),\(tensor("b", "F32", "[1]", 0, 4))}", 8, .malformed, at: "b", "also those"),
    BadHeader(
      "{\(tensor("a", "F32", "[1]", 0, 4)),\(tensor("b", "F32", "[1]", 8, 12))}", 12, .malformed, at: "b",
      "the 4 bytes before it"),
    BadHeader("{\(tensor("a", "F32", "[1]", 1, 5))}", 5, .malformed, at: "a", "the 1 bytes before it"),
    BadHeader(
      "{\(tensor("a", "F32", "[3]", 0, 8))}", 8, .malformed, at: "a", "F32 of shape [3], 12 bytes, but takes 8"),
    BadHeader("{\(tensor("a", "F32", "[]", 0, 8))}", 8, .malformed, at: "a", "4 bytes, but takes 8"),
    BadHeader(
      "{\(tensor("a", "F32", "[4611686018427387904]", 0, 0))}", 0, .tooLarge, at: "a", "which no memory holds"),
    BadHeader(
      "{\(tensor("a", "F32", "[4294967296,4294967296,0]", 0, 0))}", 0, .tooLarge, at: "a", "which no memory holds"),
    BadHeader(
      "{\(tensor("a", "F32", "[\(Array(repeating: "1", count: 65).joined(separator: ","))]", 0, 4))}", 4, .tooLarge,
      at: "a", "65 dimensions"),
    BadHeader(
      "{\(tensor("a", "F32", "[1]", 0, 4)),\(tensor("a", "F32", "[1]", 4, 8))}", 8, .malformed, at: "a", "twice"),
    BadHeader(
      #"{"__metadata__":{},"__metadata__":{}}"#, 0, .malformed, at: "__metadata__", "the header has this name twice"),
  ]

  private static let members = [
    BadHeader("{\(tensor("a", "F8_E4M3", "[4]", 0, 4))}", 4, .wrongFormat, at: "a", #"type "F8_E4M3""#),
    BadHeader("{\(tensor("a", "f32", "[1]", 0, 4))}", 4, .wrongFormat, at: "a", "is not read"),
    BadHeader("{\(tensor("a", "F32", "[1]", 4, 0))}", 4, .malformed, at: "a", "ascending data_offsets"),
    BadHeader(one(#""dtype":"F32","shape":[1],"data_offsets":[0]"#), 4, .malformed, at: "a", "lacks"),
    BadHeader(one(#""dtype":"F32","shape":[1]"#), 4, .malformed, at: "a", "lacks"),
    BadHeader(one(""), 0, .malformed, at: "a", "lacks"),
    BadHeader(
      one(#""dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]"#), 4, .malformed, at: "a",
      #"the member "dtype""#),
    BadHeader(one(#""strides":[1]"#), 4, .malformed, at: "a", #"the member "strides", which is unknown"#),
    BadHeader(#"{"__metadata__":{"a":"1","a":"2"}}"#, 0, .malformed, at: "__metadata__", #"the key "a" twice"#),
  ]

  private static let jsons = [
    BadHeader("[]", 0, .malformed, at: nil, "does not begin with {"),
    BadHeader(" {}", 0, .malformed, at: nil, "does not begin with {"),
    BadHeader("", 0, .malformed, at: nil, "does not begin with {"),
    BadHeader("{", 0, .malformed, at: nil, "expected \""),
    BadHeader("{} {}", 0, .malformed, at: nil, "something follows"),
    BadHeader("{\"a\":1}", 0, .malformed, at: nil, "expected {"),
    BadHeader("{\"a\"}", 0, .malformed, at: nil, "expected :"),
    BadHeader("{\"a\":{},}", 0, .malformed, at: "a", "lacks"),
    BadHeader(#"{"__metadata__":{"a":1}}"#, 0, .malformed, at: nil, "expected \""),
    BadHeader(#"{"__metadata__":null}"#, 0, .malformed, at: nil, "expected {"),
    BadHeader(#"{"__metadata__":{"a":"b}"#, 0, .malformed, at: nil, "a string does not end"),
    BadHeader(#"{"__metadata__":{"a":"b\"#, 0, .malformed, at: nil, "a string does not end"),
    BadHeader("{\"__metadata__\":{\"a\":\"b\n\"}}", 0, .malformed, at: nil, "a control character"),
    BadHeader(#"{"__metadata__":{"a":"\x"}}"#, 0, .malformed, at: nil, "unknown escape"),
    BadHeader(#"{"__metadata__":{"a":"\u12"}}"#, 0, .malformed, at: nil, "four hexadecimal digits"),
    BadHeader(#"{"__metadata__":{"a":"\u+123"}}"#, 0, .malformed, at: nil, "four hexadecimal digits"),
    BadHeader(#"{"__metadata__":{"a":"\ud83e"}}"#, 0, .malformed, at: nil, "half a surrogate"),
    BadHeader(#"{"__metadata__":{"a":"\ud83e\u0041"}}"#, 0, .malformed, at: nil, "half a surrogate"),
    BadHeader(#"{"__metadata__":{"a":"\uddec"}}"#, 0, .malformed, at: nil, "half a surrogate"),
    BadHeader("{\"__metadata__\":{\"a\":\"\u{FFFD}\"}}", 0, .malformed, at: nil, "no UTF-8"),
    BadHeader(one(#""shape":[-1]"#), 0, .malformed, at: nil, "expected a whole number"),
    BadHeader(one(#""shape":[1.5]"#), 0, .malformed, at: nil, "expected ]"),
    BadHeader(one(#""shape":[1,]"#), 0, .malformed, at: nil, "expected a whole number"),
    BadHeader(one(#""shape":[9223372036854775808]"#), 0, .malformed, at: nil, "nor above 9223372036854775807"),
    BadHeader(one(#""shape":[[1]]"#), 0, .malformed, at: nil, "expected a whole number"),
    BadHeader(one(#""shape":"1""#), 0, .malformed, at: nil, "expected ["),
  ]
}
