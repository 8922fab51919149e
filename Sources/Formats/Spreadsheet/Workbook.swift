import Problems

/// An .xlsx workbook: its sheets by name, each read row by row.
package final class Workbook {
  package let path: String
  /// Names of the sheets, in the order of the tabs.
  package let sheetNames: [String]
  private let archive: ZipArchive
  private let parts: [String: String]
  private let sharedStringsPart: String?
  private var sharedStrings: SharedStrings?

  /// Opens the workbook and finds its sheets; throws `FormatError` for anything but an .xlsx.
  package init(path: String) throws {
    self.path = path
    archive = try Self.open(path)
    let root = try Relationships(of: "", in: archive)
    let main = root.target(ofType: "officeDocument") ?? "xl/workbook.xml"
    guard archive.entry(named: main) != nil, !main.hasSuffix(".bin") else {
      throw FormatError(
        .wrongFormat, at: Place(path), "the archive holds no workbook in XML (\(main))",
        remedy: "save the table as .xlsx or as delimited text")
    }
    let relationships = try Relationships(of: main, in: archive)
    let sheets = try Self.sheets(archive, part: main)
    sheetNames = sheets.map(\.name)
    parts = Dictionary(
      sheets.compactMap { sheet in relationships.target(ofID: sheet.id).map { (sheet.name, $0) } },
      uniquingKeysWith: { first, _ in first })
    sharedStringsPart = relationships.target(ofType: "sharedStrings")
  }

  /// The rows of a sheet from its first; throws `.missing` with the names there are for a name that is not there.
  package func rows(sheet: String) throws -> SheetRows {
    guard let part = parts[sheet] else {
      throw FormatError(
        .missing, at: Place(path), "the workbook has no sheet named \(sheet)",
        remedy: "name one of its sheets: \(sheetNames.joined(separator: ", "))")
    }
    let file = "\(path):\(sheet)"
    return SheetRows(
      try XMLScanner(archive.source(named: part), at: Place(file)), sharedStrings: try strings(), file: file)
  }

  private func strings() throws -> SharedStrings {
    if let sharedStrings { return sharedStrings }
    var strings = SharedStrings()
    if let part = sharedStringsPart, archive.entry(named: part) != nil {
      let place = Place(path, object: part)
      strings = try SharedStrings(XMLScanner(archive.source(named: part), at: place))
    }
    sharedStrings = strings
    return strings
  }

  private static func open(_ path: String) throws -> ZipArchive {
    do {
      return try ZipArchive(path: path)
    } catch let error as FormatError where error.kind == .wrongFormat {
      throw FormatError(
        .wrongFormat, at: error.place, "the file is no .xlsx workbook",
        remedy: "save an older or password-protected workbook as a plain .xlsx first")
    }
  }

  private static func sheets(_ archive: ZipArchive, part: String) throws -> [(name: String, id: String)] {
    var xml = try XMLScanner(archive.source(named: part), at: Place(archive.path, object: part))
    var sheets: [(name: String, id: String)] = []
    while true {
      switch try xml.next() {
      case .start where xml.isNamed("sheet") && xml.depth == 3:
        guard let name = try xml.attribute("name"), let id = try xml.attribute("id") else {
          throw xml.malformed("a sheet has no name or no id")
        }
        sheets.append((String(decoding: name, as: UTF8.self), String(decoding: id, as: UTF8.self)))
      case .finished:
        return sheets
      default: break
      }
    }
  }
}
