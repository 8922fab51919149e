import Foundation
import Problems
import TestSupport
import Testing

@testable import Configurations

private let manual = ConfigurationManual(
  page: "docs/pages.md", setting: "paper=A4", nestedKey: "margin.left", list: "inks=[...]", unrecorded: ["printer"])

/// A small configuration: pages to print.
private struct Pages: Equatable {
  enum Paper: String, CaseIterable { case a4, letter }

  let title: String
  let paper: Paper?
  let margin: Double
  let copies: Int
  let isDuplex: Bool?
  let inks: [String]
  let printer: String?
  let fonts: [String: String]

  init(_ section: ConfigurationSection) throws {
    title = try section.required("title") { try $0.text() }
    paper = try section.optional("paper") { try $0.word(Paper.self) }
    margin = try section.optional("margin") { try $0.section { try $0.required("left") { try $0.number() } } } ?? 2
    copies = try section.optional("copies") { try $0.integer(in: 1...99) } ?? 1
    isDuplex = try section.optional("duplex") { try $0.flag() }
    inks = try section.optional("inks") { try $0.oneOrMore { try $0.text() } } ?? []
    printer = try section.optional("printer") { try $0.path() }
    fonts = Dictionary(
      try section.optional("fonts") { node in
        try node.entries {
          try $0.text()
        } checking: { name, key in
          if name == "Comic" { throw key.error("'Comic' is no font", remedy: "take another") }
        }
      }?.map { ($0.key, $0.value) } ?? [], uniquingKeysWith: { $1 })
    if isDuplex != true { try section.refuse(["flip"], "unless duplex is true") }
  }
}

@Suite("Configurations")
struct ConfigurationTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("pages.yaml")
  }

  private func file(_ yaml: String, settings: [String] = []) throws -> ConfigurationFile {
    try yaml.write(toFile: path, atomically: true, encoding: .utf8)
    return try ConfigurationFile(path, settings: settings, manual: manual)
  }

  private func pages(_ yaml: String, settings: [String] = []) throws -> Pages {
    try file(yaml, settings: settings).root.section(Pages.init)
  }

  @Test("gives texts, words, numbers, flags, lists and mappings")
  func values() throws {
    let pages = try pages(
      """
      title: A book
      paper: letter
      margin: {left: 1.5}
      copies: 12
      duplex: true
      inks: [black, red]
      fonts: {head: Sans, 7: Mono}
      """)
    #expect(pages.title == "A book" && pages.paper == .letter && pages.margin == 1.5 && pages.copies == 12)
    #expect(pages.isDuplex == true && pages.inks == ["black", "red"] && pages.fonts == ["head": "Sans", "7": "Mono"])
  }

  @Test("takes one element for a list where one may stand alone")
  func oneAlone() throws { #expect(try pages("title: x\ninks: black").inks == ["black"]) }

  @Test("reads a byte order mark and line ends of Windows")
  func windows() throws { #expect(try pages("\u{FEFF}title: A book\r\ncopies: 2\r\n").copies == 2) }

  @Test("starts relative paths from the file's own folder, those of the command line from the present one")
  func paths() throws {
    #expect(try pages("title: x\nprinter: p1").printer == folder.file("p1"))
    #expect(try pages("title: x\nprinter: /p1").printer == "/p1")
    #expect(try pages("title: x\nprinter: p1", settings: ["printer=p2"]).printer == "p2")
  }

  @Test(
    "names place, dotted key, cause and remedy of what is wrong",
    arguments: [
      ("titel: x", 1, 1, "the key 'titel' is not known here", "did you mean 'title'?"),
      ("copies: 1", 1, 1, "the key 'title' is missing", "add it; docs/pages.md says what goes there"),
      (
        "title: x\nweight: 1", 2, 1, "the key 'weight' is not known here",
        "the keys are title, paper, margin, copies, duplex, inks, printer, fonts"
      ),
      ("title: 7", 1, 8, "title: text is expected here, not the number 7", "put it in quotes: \"7\""),
      ("title: [x]", 1, 8, "title: text is expected here, not a list", "write one text"),
      ("title:", 1, 7, "title: there is no value here", "give text, or leave the key out"),
      ("title: ''", 1, 8, "title: the text is empty", "fill it, or leave the key out"),
      ("title: x\npaper: a5", 2, 8, "paper: 'a5' is not known here", "use one of a4, letter"),
      (
        "title: x\nmargin: {left: wide}", 2, 16, "margin.left: a number is expected here, not the text 'wide'",
        "write it plainly, such as 0.5, without quotes"
      ),
      (
        "title: x\nmargin: {left: .inf}", 2, 16, "margin.left: a number is expected here, not the number .inf",
        "write it plainly, such as 0.5, without quotes"
      ),
      (
        "title: x\nmargin: 2", 2, 9, "margin: a mapping is expected here, not the number 2",
        "write 'key: value', one a line"
      ),
      (
        "title: x\ncopies: 1.5", 2, 9, "copies: a whole number is expected here, not the number 1.5",
        "write a whole number from 1 to 99"
      ),
      (
        "title: x\ncopies: 100", 2, 9, "copies: 100 is not from 1 to 99", "write a whole number from 1 to 99"
      ),
      (
        "title: x\nduplex: both", 2, 9, "duplex: true or false is expected here, not the text 'both'",
        "write true or false, without quotes"
      ),
      ("title: x\ninks: []", 2, 7, "inks: the list is empty", "fill it, or leave the key out"),
      ("title: x\ninks: [a, 2]", 2, 11, "inks.2: text is expected here, not the number 2", "put it in quotes: \"2\""),
      ("title: x\nfonts: {Comic: a}", 2, 9, "fonts: 'Comic' is no font", "take another"),
      ("title: x\nfonts: {}", 2, 8, "fonts: the mapping is empty", "fill it, or leave the key out"),
      ("title: x\nflip: 1", 2, 1, "the key 'flip' means nothing unless duplex is true", "leave it out"),
      ("title: x\ntitle: y", 1, 1, "the key 'title' is there twice", "leave one of them out"),
    ])
  func refused(yaml: String, line: Int, column: Int, cause: String, remedy: String) {
    let error = #expect(throws: ConfigurationError.self) { try pages(yaml) }
    #expect(error?.place == Place(path, line: line, field: "\(column)"))
    #expect(error?.cause == cause)
    #expect(error?.remedy == remedy)
    #expect(error?.origin == .input)
  }

  @Test("says that a file is absent, empty, no UTF-8 or no YAML")
  func unreadable() throws {
    func complaint(_ bytes: [UInt8]) throws -> ConfigurationError? {
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      return #expect(throws: ConfigurationError.self) { try ConfigurationFile(path, manual: manual) }
    }
    let absent = #expect(throws: ConfigurationError.self) {
      try ConfigurationFile(folder.file("none"), manual: manual)
    }
    #expect(absent?.cause == "there is no such configuration, or it may not be read")
    #expect(try complaint([])?.remedy == "see docs/pages.md for an example")
    #expect(try complaint([0x61, 0x3A, 0x20, 0xE9])?.cause == "the configuration is not UTF-8")
    let open = try complaint(Array("title: [x".utf8))
    #expect(open?.cause.hasPrefix("this is no YAML: ") == true && open?.place?.line != nil)
  }

  // MARK: - Settings

  @Test("takes settings over what the file says, and adds keys")
  func settings() throws {
    let pages = try pages("title: x", settings: ["margin.left=3", "inks=[red, blue]", "title=y"])
    #expect(pages.margin == 3 && pages.inks == ["red", "blue"] && pages.title == "y")
  }

  @Test("records the text and the settings, but for what belongs to one machine")
  func effectiveText() throws {
    #expect(try file("title: x").effectiveText == "title: x")
    let text = try file("title: x", settings: ["printer=p1", "copies=2", "margin={\nleft: 2}"]).effectiveText
    #expect(text == "title: x\n# set: copies=2\n# set: margin={ left: 2}\n")
  }

  @Test(
    "names the setting as the place of what is wrong with it",
    arguments: [
      ("paper", "this sets nothing", "write --set key=value, such as --set paper=A4"),
      ("=a4", "this sets nothing", "write --set key=value, such as --set paper=A4"),
      (
        "title.short=x", "there is no such key",
        "name a key of a mapping, such as margin.left; a list is set as a whole: inks=[...]"
      ),
      (
        "margin..left=1", "there is no such key",
        "name a key of a mapping, such as margin.left; a list is set as a whole: inks=[...]"
      ),
      ("paper=a5", "paper: 'a5' is not known here", "use one of a4, letter"),
      ("margin.lfet=1", "margin: the key 'lfet' is not known here", "did you mean 'left'?"),
    ])
  func badSettings(setting: String, cause: String, remedy: String) {
    let error = #expect(throws: ConfigurationError.self) { try pages("title: x", settings: [setting]) }
    #expect(error?.place == Place("--set \(setting)"))
    #expect(error?.cause == cause)
    #expect(error?.remedy == remedy)
  }
}
