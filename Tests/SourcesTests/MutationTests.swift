import Formats
import Foundation
import Problems
import TestSupport
import Testing

@testable import Sources

extension SeededGenerator {
  /// The bytes with a few of them changed, cut out, doubled or cut off; delimiters and line ends most of all.
  fileprivate mutating func mutated(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    for _ in 0..<Int.random(in: 1...4, using: &self) where !bytes.isEmpty {
      let at = Int.random(in: bytes.indices, using: &self)
      switch Int.random(in: 0..<6, using: &self) {
      case 0: bytes[at] = UInt8.random(in: 0 ... .max, using: &self)
      case 1: bytes[at] = Array("\t,\n\"\r;-.!#".utf8).randomElement(using: &self) ?? 0
      case 2: bytes.removeSubrange(at..<min(at + Int.random(in: 1...40, using: &self), bytes.count))
      case 3: bytes.insert(contentsOf: bytes[at..<min(at + 30, bytes.count)], at: at)
      case 4: bytes.insert(contentsOf: Array("\t9\n".utf8), at: at)
      default: bytes.removeSubrange(at...)
      }
    }
    return bytes
  }
}

@Suite("Damaged files")
struct MutationTests {
  /// Reads a file in every way that a configuration may ask for; anything but a `Problem` fails the test.
  private func readAnyHow(_ path: String, _ list: String) throws {
    func attempt(_ read: (InputFile) throws -> Void) throws {
      do { try read(InputFile(path)) } catch is any Problem {}
    }
    for layout in ExpressionLayout.allCases {
      try attempt { input in
        var options = MatrixOptions()
        options.geneList = try InputFile(list)
        let source = try layout.open(input, options: options)
        let fields = source.sampleFields
        if case .geneRows(let rows) = source {
          #expect(fields.values.allSatisfy { $0.count == rows.samples.count })
        }
        for row in try source.all() where row.values.count != source.columnNames.count {
          Issue.record("a row of \(row.values.count) values for \(source.columnNames.count)")
        }
      }
    }
    for layout in SampleTableLayout.allCases {
      try attempt { input in
        let columns = layout.columns.map { ColumnRequest($0.name, [$0.column], required: false) }
        let table = try layout.read(input, options: RecordOptions(), columns: columns)
        #expect(table.columns.values.allSatisfy { $0.count == table.count })
      }
    }
    for layout in ResponseLayout.allCases {
      try attempt { input in _ = try layout.read(input, options: RecordOptions(), columns: [:]) }
    }
    try attempt { input in _ = try LandmarkList(input) }
    try attempt { input in
      let table = try PlatformTable(input)
      while try table.advance() { _ = table.bytes(0) }
    }
  }

  @Test("are read or refused with an error, never a crash", arguments: try Fixture.names())
  func mutations(name: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.file(name)
    let original = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Fixture.path(name))))
    // The seed is the file's own: other fixtures do not change what is tried.
    var generator = SeededGenerator(seed: name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) })
    for _ in 0..<12 {
      try Data(generator.mutated(original)).write(to: URL(fileURLWithPath: path))
      try readAnyHow(path, Fixture.path("genes-of-vectors.txt"))
    }
  }
}

extension Fixture {
  static func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path("")).filter { !$0.hasSuffix(".py") }.sorted()
  }
}
