import Cohorts
import Problems

/// Everything that did not reach the store, with the reason: named one by one, or counted where names would be noise.
struct DropLog {
  enum Kind: String, Sendable {
    case sample
    case gene
    case row
    case response
    case drug
  }

  struct Entry: Sendable, Equatable {
    var kind: Kind
    var id: String
    var reason: String
    var place: String
  }

  private(set) var entries: [Entry] = []
  /// Number of things left out by kind and reason, the named ones included.
  private(set) var counts: [String: [String: Int]] = [:]

  /// Records one that was dropped; `group` is the reason it is counted under, if its own is too particular.
  mutating func drop(_ kind: Kind, _ id: String, _ reason: String, at place: Place? = nil, group: String? = nil) {
    entries.append(Entry(kind: kind, id: id, reason: reason, place: place.map(Self.text) ?? ""))
    counts[kind.rawValue, default: [:]][group ?? reason, default: 0] += 1
  }

  /// Counts what is left out without naming it.
  mutating func count(_ kind: Kind, _ reason: String, _ number: Int) {
    if number > 0 { counts[kind.rawValue, default: [:]][reason, default: 0] += number }
  }

  /// File and line without the folder, which is a place on one machine.
  private static func text(_ place: Place) -> String {
    var place = place
    place.file = place.file.split(separator: "/").last.map(String.init) ?? place.file
    return place.description
  }

  /// A table with one row for each that was named.
  var frame: Frame {
    var frame = Frame(indexName: "entry", index: entries.indices.map(String.init))
    frame.set("kind", .categorical(entries.map(\.kind.rawValue)))
    frame.set("id", .strings(entries.map(\.id)))
    frame.set("reason", .categorical(entries.map(\.reason)))
    frame.set("place", .strings(entries.map(\.place)))
    return frame
  }

  /// The numbers in order of kind and reason.
  var sortedCounts: [IngestReport.Count] {
    counts.sorted { $0.key < $1.key }.flatMap { kind, reasons in
      reasons.sorted { $0.key < $1.key }.map { IngestReport.Count(kind: kind, reason: $0.key, count: $0.value) }
    }
  }

  /// A table of the numbers by kind and reason.
  var countFrame: Frame {
    let rows = sortedCounts
    var frame = Frame(indexName: "entry", index: rows.indices.map(String.init))
    frame.set("kind", .categorical(rows.map(\.kind)))
    frame.set("reason", .strings(rows.map(\.reason)))
    frame.set("count", .int32s(rows.map { Int32(clamping: $0.count) }))
    return frame
  }
}
