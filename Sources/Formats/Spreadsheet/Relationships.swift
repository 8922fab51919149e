import Problems

/// Which parts of an Office archive a part refers to, by id and by type.
struct Relationships {
  private var byID: [String: String] = [:]
  private var byType: [String: String] = [:]

  /// Reads the `.rels` beside a part (beside the archive's root for ""); none where there is no such file.
  init(of part: String, in archive: ZipArchive) throws {
    let slash = part.lastIndex(of: "/")
    let folder = slash.map { String(part[...$0]) } ?? ""
    let name = slash.map { String(part[part.index(after: $0)...]) } ?? part
    let file = "\(folder)_rels/\(name).rels"
    guard archive.entry(named: file) != nil else { return }
    var xml = try XMLScanner(archive.source(named: file), at: Place(archive.path, object: file))
    while true {
      switch try xml.next() {
      case .start where xml.isNamed("Relationship"): try add(xml, folder: folder)
      case .finished: return
      default: break
      }
    }
  }

  func target(ofID id: String) -> String? { byID[id] }

  /// The first target whose type ends with `/type`.
  func target(ofType type: String) -> String? { byType[type] }

  private mutating func add(_ xml: borrowing XMLScanner, folder: String) throws {
    guard let id = try xml.attribute("Id"), let target = try xml.attribute("Target"),
      let type = try xml.attribute("Type")
    else { throw xml.malformed("a relationship has no id, type or target") }
    let path = Self.resolve(String(decoding: target, as: UTF8.self), from: folder)
    byID[String(decoding: id, as: UTF8.self)] = path
    let kind = String(decoding: type[(type.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...], as: UTF8.self)
    if byType[kind] == nil { byType[kind] = path }
  }

  /// `worksheets/sheet1.xml`, `../xl/x.xml` and `/xl/x.xml` as names of archive entries.
  private static func resolve(_ target: String, from folder: String) -> String {
    var parts = target.hasPrefix("/") ? [] : folder.split(separator: "/")
    for part in target.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}
