import Cohorts
import Files

/// A block of a store that is to be made: what it is made of and with, on which all that is kept of it must agree.
package struct BlockPlan: Sendable, Equatable {
  package let path: BlockPath
  package let columns: Int
  /// Samples of the whole store, or its pairs.
  package let samples: Int
  package let record: BlockRecord
  /// Rows that are computed together and give other bits among others: parts begin at multiples of it.
  package let step: Int

  package init(path: BlockPath, columns: Int, samples: Int, record: BlockRecord, step: Int = 1) {
    precondition(step > 0, "rows in steps of \(step)")
    (self.path, self.columns, self.samples) = (path, columns, samples)
    (self.record, self.step) = (record, step)
  }

  /// The rows of a part.
  package func rows(of shard: Shard) -> Range<Int> {
    let steps = shard.rows(of: (samples + step - 1) / step)
    return min(samples, steps.lowerBound * step)..<min(samples, steps.upperBound * step)
  }

  /// SHA-256 of the plan, in hexadecimal digits.
  package var key: String {
    var text = "therapi-block-plan 2\n\(path)\n\(samples) x \(columns) by \(step)\n"
    text += "\(record.model)\n\(record.input)\n\(record.panelOrder)\n\(record.toolVersion)\n"
    for (name, value) in record.settings.sorted(by: { $0.key < $1.key }) { text += "\(name)=\(value)\n" }
    return SHA256.hex(of: text.utf8)
  }
}

/// One of several parts of a store's samples, counted from 1, as in `2/5`.
package struct Shard: Sendable, Hashable, CustomStringConvertible {
  package let number: Int
  package let count: Int

  /// Nil unless 1 <= number <= count.
  package init?(_ number: Int, of count: Int) {
    guard count >= 1, (1...max(1, count)).contains(number) else { return nil }
    (self.number, self.count) = (number, count)
  }

  /// Reads `2/5`.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) else { return nil }
    self.init(number, of: count)
  }

  package static let whole = Shard(unchecked: 1, 1)

  private init(unchecked number: Int, _ count: Int) { (self.number, self.count) = (number, count) }

  package var description: String { "\(number)/\(count)" }

  /// The part's samples; the parts follow each other and differ by one sample at most.
  package func rows(of samples: Int) -> Range<Int> {
    (samples * (number - 1) / count)..<(samples * number / count)
  }
}
