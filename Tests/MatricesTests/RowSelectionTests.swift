import Matrices
import TestSupport
import Testing

@Suite("Row selection")
struct RowSelectionTests {
  @Test("copies rows, and adds them back where they came from, the same on one lane and on two", arguments: [1, 2])
  func both(lanes: Int) {
    var generator = SeededGenerator(seed: 6)
    // As many numbers as are worth two lanes; columns that no vector divides.
    let (count, columns, lanes) = (90, 211, Lanes(lanes))
    let table = (0..<count * columns).map { _ in Float.random(in: -1...1, using: &generator) }
    let rows = (0..<300).map { _ in Int.random(in: 0..<count, using: &generator) }
    let selection = RowSelection(rows, columns: columns)
    var copied = [Float](repeating: 0, count: rows.count * columns)
    selection.gather(table, into: &copied, lanes: lanes)
    #expect(copied == rows.flatMap { table[$0 * columns..<($0 + 1) * columns] })
    var (sums, expected) = (table, table)
    selection.scatter(copied, addingTo: &sums, lanes: lanes)
    for (place, row) in rows.enumerated() {
      for column in 0..<columns { expected[row * columns + column] += copied[place * columns + column] }
    }
    #expect(sums == expected)
  }

  @Test("of no rows does nothing")
  func none() {
    var out: [Float] = [7]
    RowSelection([], columns: 1).gather([1], into: &out, lanes: Lanes(1))
    RowSelection([], columns: 1).scatter([1], addingTo: &out, lanes: Lanes(1))
    #expect(out == [7])
  }
}
