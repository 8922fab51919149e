import Problems

/// One row of delimited text, cut into fields only when somebody asks for them.
///
/// What it gives points into the row and is valid until the next `take`.
final class DelimitedRow {
  let delimiter: UInt8
  let quoting: TableOptions.Quoting
  private(set) var all = UnsafeRawBufferPointer(start: nil, count: 0)
  private let joined = GrowingBytes()
  /// A field that does not stand in the row as its text is in UTF-8.
  private let rewritten = GrowingBytes()
  /// The fields that are cut already, from the first on.
  private var fields: [FieldRange] = []
  /// Where the fields start that are not cut, none of which holds a quote; behind the end where all are cut.
  private var plainStart = 0
  /// Whether a search from an earlier field of the row to its end found no quote that closes a field.
  private var noQuoteCloses = false

  private struct FieldRange {
    var start: Int
    var end: Int
    /// Whether quotes stand around the range.
    var quoted: Bool
    /// Whether a quote opens the field and none closes it.
    var open: Bool
  }

  init(delimiter: UInt8, quoting: TableOptions.Quoting) {
    self.delimiter = delimiter
    self.quoting = quoting
  }

  /// Makes `first` the row, with the lines that an open quote carries it over, taken from `lines`.
  func take(_ first: UnsafeRawBufferPointer, from lines: LineReader) throws {
    let line = lines.line
    all = first
    fields.removeAll(keepingCapacity: true)
    plainStart = 0
    noQuoteCloses = false
    if quoting != .none { cutQuoted(from: 0, searchingFrom: 1) }
    guard quoting == .fields, isOpen else { return }
    joined.removeAll()
    joined.append(first)
    while isOpen {
      guard let next = try lines.next() else {
        throw FormatError(
          .malformed, at: Place(lines.path, line: line), "a quote that is opened here is never closed",
          remedy: "the table is cut short, or the quote belongs to the text and must be doubled")
      }
      guard joined.count + next.count < lines.limit else {
        throw FormatError(
          .tooLarge, at: Place(lines.path, line: line),
          "a quote that is opened here is not closed within \(lines.limit) bytes",
          remedy: "the quote belongs to the text and must be doubled")
      }
      joined.append(UInt8(ascii: "\n"))
      joined.append(next)
      lengthen(to: joined.bytes)
    }
  }

  private var isOpen: Bool { fields.last?.open ?? false }

  /// Whether no quote stands from `field` on.
  func isPlain(from field: Int) -> Bool { field >= fields.count || !fields[field...].contains(where: \.quoted) }

  /// Takes `bytes`, which begin as the row does, for the row, and looks in what is new for the end of the open field.
  private func lengthen(to bytes: UnsafeRawBufferPointer) {
    let searched = all.count
    all = bytes
    noQuoteCloses = false
    if let open = fields.popLast() { cutQuoted(from: open.start, searchingFrom: searched) }
  }

  /// Number of fields; counts delimiters where no quote stands any more.
  var count: Int {
    guard plainStart <= all.count else { return fields.count }
    return fields.count + rest(from: plainStart).count(ofByte: delimiter) + 1
  }

  /// Takes away empty fields at the end, or adds them, towards `wanted` fields.
  func trimOrPad(to wanted: Int, pads: Bool) {
    split()
    while fields.count > wanted, let last = fields.last, last.start == last.end { fields.removeLast() }
    while pads, fields.count < wanted {
      fields.append(FieldRange(start: all.count, end: all.count, quoted: false, open: false))
    }
  }

  /// A field without its quotes, doubled quotes still doubled.
  func bytes(_ field: Int) -> UnsafeRawBufferPointer {
    if field >= fields.count { split() }
    return UnsafeRawBufferPointer(rebasing: all[fields[field].start..<fields[field].end])
  }

  /// A field as text, unquoted.
  func text(_ field: Int) -> String {
    let bytes = bytes(field)
    let text = fieldText(bytes)
    return mayHoldDoubledQuotes(bytes, of: field) ? text.replacing("\"\"", with: "\"") : text
  }

  private func mayHoldDoubledQuotes(_ bytes: UnsafeRawBufferPointer, of field: Int) -> Bool {
    field < fields.count && fields[field].quoted && bytes.firstIndex(ofByte: UInt8(ascii: "\"")) != nil
  }

  /// A field near the start of the row, found without cutting up the rest of it.
  func key(_ field: Int) -> UnsafeRawBufferPointer {
    if field < fields.count || plainStart > all.count { return bytes(field) }
    var start = plainStart
    for _ in fields.count..<field {
      guard let length = rest(from: start).firstIndex(ofByte: delimiter) else { return bytes(field) }
      start += length + 1
    }
    let rest = rest(from: start)
    return UnsafeRawBufferPointer(rebasing: rest[..<(rest.firstIndex(ofByte: delimiter) ?? rest.count)])
  }

  /// What `key` gives as text, unquoted.
  func keyText(_ field: Int) -> String { field < fields.count ? text(field) : fieldText(key(field)) }

  /// The bytes of `keyText` as UTF-8, without a string where the row holds them as they are; valid until the next call.
  func keyUTF8(_ field: Int) -> UnsafeRawBufferPointer {
    let bytes = key(field)
    if bytes.isASCII, !mayHoldDoubledQuotes(bytes, of: field) { return bytes }
    var text = keyText(field)
    rewritten.removeAll()
    text.withUTF8 { rewritten.append(UnsafeRawBufferPointer($0)) }
    return rewritten.bytes
  }

  private func rest(from start: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: all[Swift.min(start, all.count)...])
  }

  /// Cuts the fields that are left.
  private func split() {
    while plainStart <= all.count {
      let length = rest(from: plainStart).firstIndex(ofByte: delimiter) ?? all.count - plainStart
      fields.append(FieldRange(start: plainStart, end: plainStart + length, quoted: false, open: false))
      plainStart += length + 1
    }
  }

  /// Cuts fields until no quote stands in what is left.
  private func cutQuoted(from first: Int, searchingFrom search: Int) {
    var start = first
    var search = search
    var nextQuote = -1
    while start <= all.count {
      if nextQuote < start {
        guard let distance = rest(from: start).firstIndex(ofByte: UInt8(ascii: "\"")) else { break }
        nextQuote = start + distance
      }
      let field = fieldRange(from: start, searchingFrom: search)
      fields.append(field)
      start = field.end + (field.quoted ? 1 : 0) + 1
      search = start + 1
    }
    plainStart = start
  }

  /// The field from `start` up to a delimiter, the end of the row, or the quote that closes it.
  private func fieldRange(from start: Int, searchingFrom search: Int) -> FieldRange {
    let opens = start < all.count && all[start] == UInt8(ascii: "\"")
    if opens {
      if let end = closingQuote(from: search) {
        return FieldRange(start: start + 1, end: end, quoted: true, open: false)
      }
      if quoting == .fields { return FieldRange(start: start, end: all.count, quoted: false, open: true) }
    }
    let length = rest(from: start).firstIndex(ofByte: delimiter) ?? all.count - start
    return FieldRange(start: start, end: start + length, quoted: false, open: false)
  }

  /// The next quote that is not doubled and stands before a delimiter or the end of the row.
  private func closingQuote(from first: Int) -> Int? {
    let quote = UInt8(ascii: "\"")
    var index = first
    while index < all.count {
      if all[index] != quote {
        // Past the quotes at its start, this search would find what the earlier one found: nothing.
        if noQuoteCloses { return nil }
        guard let distance = rest(from: index).firstIndex(ofByte: quote) else { break }
        index += distance
      }
      if index + 1 == all.count || all[index + 1] == delimiter { return index }
      index += all[index + 1] == quote ? 2 : 1
    }
    noQuoteCloses = true
    return nil
  }
}
