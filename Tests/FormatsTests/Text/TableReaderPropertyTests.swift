import TestSupport
import Testing

@testable import Formats

@Suite("TableReader, at random") struct TableReaderPropertyTests {
  /// A table of random cells and the text that holds them.
  private struct RandomTable {
    var cells: [[String]]
    var text: String
    var options = TableOptions()

    init(using random: inout SeededGenerator) {
      let delimiter = TableOptions.Delimiter.allCases.randomElement(using: &random) ?? .comma
      let quoting: TableOptions.Quoting = delimiter == .tab ? .withinLine : .fields
      let end = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
      let alphabet = Array("ab1 ,;é\"" + (quoting == .fields ? "\n\t" : "") + (delimiter == .tab ? "\t" : ""))
      let columns = Int.random(in: 2..<8, using: &random)
      cells = [(0..<columns).map { "c\($0)" }]
      for _ in 0..<Int.random(in: 0..<12, using: &random) {
        cells.append(
          (0..<columns).map { _ in
            String(
              (0..<Int.random(in: 0..<9, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "a" })
          })
      }
      let separator = String(Unicode.Scalar(delimiter.rawValue))
      let lines = cells.map { row in
        row.map { cell in
          let needsQuotes = cell.hasPrefix("\"") || cell.contains(separator) || cell.contains("\n")
          guard needsQuotes || Int.random(in: 0..<4, using: &random) == 0 else { return cell }
          return "\"\(cell.replacing("\"", with: "\"\""))\""
        }.joined(separator: separator).replacing("\n", with: end)
      }
      text = lines.joined(separator: end) + (Bool.random(using: &random) ? end : "")
      options.delimiter = delimiter
    }
  }

  @Test("gives back the cells of random tables, through any pieces and blocks", arguments: 0..<1000)
  func cells(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let made = RandomTable(using: &random)
    let source = MemorySource(made.text, piece: Int.random(in: 1..<50, using: &random))
    let lines = LineReader(source, path: "random", blockSize: Int.random(in: 4..<80, using: &random))
    let table = try TableReader(lines, options: made.options)
    var read = [table.header]
    while try table.advance() {
      let key = fieldText(table.key(0))
      read.append(table.header.indices.map { table.text($0) })
      #expect(key.replacing("\"\"", with: "\"") == read.last?.first || key == read.last?.first)
    }
    #expect(read == made.cells, "\(made.text.debugDescription)")
  }

  private static let seeds = [
    "gene\tS1\tS2\nTP53\t1.5\t-2\nKRAS\tNA\t3\n", "\"a\",\"b\"\r\n\"x, y\",\"1\"\"2\"\r\n3,\"4\n5\"\r\n",
    "S1,S2\nr1,1,2\nr2,3,4\n", "a;b;\n1;2\n;;;;\n", "gene\tS1\rTP53\t1\r\rKRAS\t2\r", "\u{FEFF}id,v\n#x,1e5\n\n\"\",\n",
    "#c\na\tb\nx\ty\n\"p\t\"q\n1\t2\t\t\n", "g\n\nx\n",
  ]

  @Test("never crashes on mutated tables, and throws nothing but its own error", arguments: 0..<8)
  func mutated(_ part: UInt64) throws {
    var random = SeededGenerator(seed: part)
    var outcomes = (read: 0, refused: 0)
    for _ in 0..<2500 {
      let bytes = mutate(Self.seeds, using: &random)
      var options = TableOptions()
      options.delimiter = ([nil] + TableOptions.Delimiter.allCases).randomElement(using: &random) ?? nil
      options.quoting = [nil, .fields, .withinLine, TableOptions.Quoting.none].randomElement(using: &random) ?? nil
      options.comment = Bool.random(using: &random) ? UInt8(ascii: "#") : nil
      options.linesAfterHeader = Int.random(in: 0..<3, using: &random) / 2
      options.padsShortRows = Bool.random(using: &random)
      do {
        try readEverything(bytes, options: options, blockSize: Int.random(in: 4..<40, using: &random))
        outcomes.read += 1
      } catch is FormatError {
        outcomes.refused += 1
      }
    }
    #expect(outcomes.read > 100 && outcomes.refused > 100)
  }

  private func readEverything(_ bytes: [UInt8], options: TableOptions, blockSize: Int) throws {
    let lines = LineReader(MemorySource(bytes, piece: 7), path: "mutated", limit: 500, blockSize: blockSize)
    let table = try TableReader(lines, options: options)
    var failure: FormatError?
    while true {
      do {
        guard try table.advance() else { break }
      } catch let error as FormatError where error.cause.hasPrefix("this row has") {
        failure = error
        continue
      }
      for field in table.header.indices {
        _ = fieldText(table.key(field))
        let utf8 = Array(table.keyUTF8(field))
        #expect(utf8 == Array(table.keyText(field).utf8))
        #expect(utf8 == Array(table.text(field).utf8))
      }
      do {
        for first in 0...table.header.count {
          try withUnsafeTemporaryAllocation(of: Float.self, capacity: table.header.count - first) {
            try table.numbers(from: first, into: $0)
          }
        }
      } catch let error as FormatError {
        failure = error
      }
    }
    if let failure { throw failure }
  }
}
