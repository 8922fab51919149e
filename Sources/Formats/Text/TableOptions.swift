/// How a delimited table is laid out, where its content does not tell.
package struct TableOptions: Sendable {
  package enum Delimiter: UInt8, Sendable, CaseIterable {
    case tab = 0x09
    case comma = 0x2C
    case semicolon = 0x3B
  }

  package enum Quoting: Sendable {
    /// Quotes enclose fields; inside them stand delimiters, line breaks and doubled quotes.
    case fields
    /// Quotes enclose fields but never a line break; one that is not closed is a character like any other.
    case withinLine
    /// Quotes are characters like any other.
    case none
  }

  /// Nil: the one of tab, comma and semicolon that the header line holds most often.
  package var delimiter: Delimiter?
  /// Nil: `.fields` for commas and semicolons, `.withinLine` for tabs.
  package var quoting: Quoting?
  /// Lines before the header that start with this byte are passed over.
  package var comment: UInt8?
  /// Lines between the header and the first row that are passed over, such as a BCR biotab's two.
  package var linesAfterHeader = 0
  /// Whether a row may lack fields at its end, which are then empty.
  package var padsShortRows = false

  package init() {}
}
