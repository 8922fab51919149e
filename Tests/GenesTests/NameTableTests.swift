import TestSupport
import Testing

@testable import Genes

@Suite("Numbering names") struct NameTableTests {
  private func number(of name: String, in table: NameTable) -> Int? {
    var name = name
    return name.withUTF8 { table.number(of: UnsafeRawBufferPointer($0)) }
  }

  @Test("numbers names as a dictionary would, however many there are", arguments: 0..<40)
  func model(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var table = NameTable(capacity: Int.random(in: 0..<50, using: &random))
    var model: [String: Int] = [:]
    // Few letters and short names: many come twice, or one begins as another does.
    let letters = Array("ab\u{e9}_")
    for _ in 0..<Int.random(in: 0..<2000, using: &random) {
      let length = Int.random(in: 0..<7, using: &random)
      var name = String((0..<length).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] })
      #expect(number(of: name, in: table) == model[name])
      let expected = model[name] ?? model.count
      model[name] = expected
      #expect(name.withUTF8 { table.insert(UnsafeRawBufferPointer($0)) } == expected)
      #expect(table.count == model.count)
    }
    for (name, number) in model { #expect(self.number(of: name, in: table) == number) }
  }
}
