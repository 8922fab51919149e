import Configurations
import Expression
import Formats
import Genes
import Problems
import Responses
import Sources

extension IngestConfiguration {
  /// Reads the whole mapping; `text` is what provenance records.
  init(_ section: ConfigurationSection, file: String, text: String) throws {
    self.file = file
    effectiveText = text
    name = try section.required("name") { try $0.name(of: "a store") }
    title = try section.optional("title") { try $0.text() }
    kind = try section.required("kind") { try $0.word(Kind.self) }
    root = try section.optional("root") { try $0.path() } ?? section.node.beside(".")
    expression = try section.optional("expression") { try $0.section(Expression.init) }
    panel = try section.optional("panel") { try $0.text() }
    let layout = expression?.layout
    samples = try section.optional("samples") { try $0.section { try Samples($0, of: layout) } } ?? Samples()
    tables = try section.optional("tables") { try $0.list { try $0.section(Table.init) } } ?? []
    constants = try section.optional("constants") { try $0.columns { try $0.text() } }?.map { ($0, $1) } ?? []
    responses = try section.optional("responses") { try $0.list { try $0.section(Response.init) } } ?? []
    drugs = try section.optional("drugs") { try $0.section(Drugs.init) } ?? Drugs()
    if kind == .genePanel {
      try section.refuse(
        ["expression", "samples", "tables", "constants", "responses", "drugs"], "for a gene panel, which has no samples"
      )
      if panel == nil { throw section.missing("panel", ", which a gene panel needs") }
    } else {
      try section.refuse(["panel"], "for the kind \(kind.rawValue)")
      if expression == nil { throw section.missing("expression") }
    }
  }
}

extension IngestConfiguration.Expression {
  fileprivate init(_ section: ConfigurationSection) throws {
    layout = try section.required("layout") { try $0.word(ExpressionLayout.self) }
    files = try section.required("files") { try $0.oneOrMore { try $0.text() } }
    assay = try section.required("assay") { try $0.word(IngestConfiguration.Assay.self) }
    unit = try section.optional("unit", Self.unit)
    options = try Self.options(section)
    geneList = try section.optional("gene-list") { try $0.text() }
    sampleFields = try section.optional("sample-fields", IngestConfiguration.Field.list) ?? []
    platform = try section.optional("platform") { try $0.section(IngestConfiguration.Platform.init) }
    geneLengths = try section.optional("gene-lengths") { try $0.section(IngestConfiguration.GeneLengths.init) }
    collapse = try section.optional("collapse") { try $0.word(ProbeCollapse.self) } ?? .maxMean
    gaps = try section.optional("gaps") { try $0.section(IngestConfiguration.Gaps.init) } ?? .init()
    try checkKeys(section)
  }

  private static func unit(_ node: ConfigurationNode) throws -> ExpressionUnit {
    let text = try node.text()
    do throws(ExpressionError) {
      return try ExpressionUnit(parsing: text)
    } catch {
      throw node.error(error.cause, remedy: error.remedy)
    }
  }

  /// Refuses keys that the layout, or another key, leaves without a meaning, and asks for those that it needs.
  private func checkKeys(_ section: ConfigurationSection) throws {
    try section.refuse(
      ExpressionLayout.ownKeys.subtracting(layout.ownKeys), "for the layout \(layout.rawValue)")
    if layout == .torchVectors, geneList == nil {
      throw section.missing("gene-list", ", which names the genes of vectors")
    }
    if !options.geneColumns.isEmpty { try section.refuse(["gene-ids"], "beside gene-columns, which gives each a kind") }
    let hasProbes = options.identifierKind == .probe || options.geneColumns.contains { $0.kind == .probe }
    if hasProbes, platform == nil {
      throw section.missing("platform", ", which says what probes measure")
    }
    if !hasProbes { try section.refuse(["platform"], "unless gene-ids is probe") }
    if let unit, unit.quantity != .counts {
      try section.refuse(["gene-lengths"], "for the unit \(unit), only for counts")
    }
  }

  private static func options(_ section: ConfigurationSection) throws -> MatrixOptions {
    var options = MatrixOptions()
    options.geneColumns =
      try section.optional("gene-columns") { node in
        try node.entries { try $0.text() == "detect" ? nil : $0.word(IdentifierKind.self) }
      }?.map { (name: $0.key, kind: $0.value) } ?? []
    options.identifierKind = try section.optional("gene-ids") { try $0.word(IdentifierKind.self) }
    options.sampleColumn = try section.optional("sample-column") { try $0.text() }
    options.ignoredColumns = Set(try section.optional("ignore-columns") { try $0.list { try $0.text() } } ?? [])
    options.delimiter = try section.optional("delimiter") { try $0.word(DelimiterWord.self).delimiter }
    options.entry = try section.optional("entry") { try $0.text() }
    return options
  }
}

extension ExpressionLayout {
  /// Keys of `expression` that mean something for some layouts alone.
  static let ownKeys = allCases.reduce(into: Set<String>()) { $0.formUnion($1.ownKeys) }

  /// Of those, the ones that mean something for this layout.
  var ownKeys: Set<String> {
    switch self {
    case .xena, .geneRows: ["gene-ids", "gene-columns", "ignore-columns", "delimiter", "entry"]
    case .cBioPortal, .gdscRMA: ["gene-columns", "ignore-columns", "delimiter", "entry"]
    case .cellModelPassports: ["delimiter", "entry", "sample-fields"]
    case .depMap: ["sample-column", "ignore-columns", "delimiter", "entry"]
    case .sampleRows: ["gene-ids", "sample-column", "ignore-columns", "delimiter", "entry"]
    case .seriesMatrix, .gct, .gctx: ["gene-ids", "sample-fields"]
    case .torchVectors: ["gene-ids", "gene-list"]
    }
  }
}

/// The configuration's words for delimiters.
enum DelimiterWord: String, CaseIterable {
  case tab
  case comma
  case semicolon

  var delimiter: TableOptions.Delimiter {
    switch self {
    case .tab: .tab
    case .comma: .comma
    case .semicolon: .semicolon
    }
  }
}

extension IngestConfiguration.Platform {
  fileprivate init(_ section: ConfigurationSection) throws {
    file = try section.required("file") { try $0.text() }
    probeColumn = try section.optional("probe") { try $0.text() } ?? "ID"
    geneColumns =
      try section.optional("genes") { try $0.entries { try $0.word(IdentifierKind.self) } }?
      .map { (name: $0.key, kind: $0.value) } ?? [("Gene ID", .entrez), ("Gene symbol", .symbol)]
  }
}

extension IngestConfiguration.GeneLengths {
  fileprivate init(_ section: ConfigurationSection) throws {
    file = try section.required("file") { try $0.text() }
    geneColumn = try section.required("gene") { try $0.text() }
    kind = try section.optional("gene-ids") { try $0.word(IdentifierKind.self) }
    lengthColumn = try section.required("length") { try $0.text() }
  }
}

extension IngestConfiguration.Gaps {
  fileprivate init(_ section: ConfigurationSection) throws {
    dropSamplesAbove = try section.optional("drop-samples-above") { node in
      let fraction = try node.number()
      guard (0...1).contains(fraction) else {
        throw node.error("\(fraction) is no fraction", remedy: "write a number from 0 to 1")
      }
      return fraction
    }
    fill = try section.optional("fill") { try $0.word(Fill.self) } ?? .error
  }
}

extension IngestConfiguration.Samples {
  fileprivate init(_ section: ConfigurationSection, of layout: ExpressionLayout?) throws {
    identity = try section.optional("id") { try $0.word(Identity.self) } ?? .asWritten
    strip = try section.optional("strip") { try $0.oneOrMore { try $0.text() } } ?? []
    duplicates = try section.optional("duplicates") { try $0.word(Duplicates.self) } ?? .error
    prefer = try section.optional("prefer") { node in
      try node.section { prefer in
        (
          field: try prefer.required("field") { try $0.text() },
          order: try prefer.required("order") { try $0.list { try $0.text() } }
        )
      }
    }
    onePerPatient = try section.optional("one-per-patient") { try $0.list(Self.sampleType) }
    list = try section.optional("list") { try $0.text() }
    nameField = try section.optional("name-field") { try $0.text() }
    require = try section.optional("require") { try $0.oneOrMore { try $0.text() } } ?? []
    keep = try section.optional("keep", Self.conditions) ?? []
    drop = try section.optional("drop", Self.conditions) ?? []
    if let layout, !layout.ownKeys.contains("sample-fields") {
      try section.refuse(["name-field", "prefer"], "for the layout \(layout.rawValue), which has no fields of samples")
    }
  }

  private static func sampleType(_ node: ConfigurationNode) throws -> String {
    let type = try node.text()
    guard type.wholeMatch(of: /[0-9]{2}/) != nil else {
      throw node.error("'\(type)' is no TCGA sample type", remedy: "write its two digits, such as \"01\"")
    }
    return type
  }

  private static func conditions(_ node: ConfigurationNode) throws -> [(column: String, values: [String])] {
    try node.entries { try $0.oneOrMore { try $0.text() } }.map { (column: $0.key, values: $0.value) }
  }
}

extension IngestConfiguration.Table {
  fileprivate init(_ section: ConfigurationSection) throws {
    layout = try section.required("layout") { try $0.word(SampleTableLayout.self) }
    files = try section.required("files") { try $0.oneOrMore { try $0.text() } }
    options = try RecordOptions(section)
    let key = try section.optional("key") { try $0.section(Key.init) }
    guard let keyColumn = key?.column ?? layout.key?.column else {
      throw section.missing("key.column", ", which names the samples of a table")
    }
    self.keyColumn = keyColumn
    keyNames = key?.names ?? layout.key?.names ?? .sample
    join = key?.join
    strip = key?.strip ?? []
    columns = try section.optional("columns", IngestConfiguration.Field.list) ?? Self.ownFields(of: layout)
    guard !columns.isEmpty else {
      throw section.missing("columns", ", which names what to take from the table")
    }
    if layout == .seriesMatrix { try section.refuse(["sheet", "delimiter", "entry"], "for a series matrix") }
    missing = layout.missingWords.union(try section.optional("missing") { try $0.list { try $0.text() } } ?? [])
  }

  private struct Key {
    let column: String?
    let names: SampleKey?
    let join: String?
    let strip: [String]

    init(_ section: ConfigurationSection) throws {
      column = try section.optional("column") { try $0.text() }
      names = try section.optional("names") { try $0.word(SampleKey.self) }
      join = try section.optional("join") { try $0.text() }
      strip = try section.optional("strip") { try $0.oneOrMore { try $0.text() } } ?? []
    }
  }

  private static func ownFields(of layout: SampleTableLayout) -> [IngestConfiguration.Field] {
    layout.columns.map {
      IngestConfiguration.Field(name: $0.name, columns: [$0.column], kind: $0.kind, isRequired: false)
    }
  }
}

extension IngestConfiguration.Field {
  /// Fields by their names in the sample table; a text alone is the column's name in the file.
  fileprivate static func list(_ node: ConfigurationNode) throws -> [IngestConfiguration.Field] {
    try node.columns { node in
      if node.isMapping { return try node.section(IngestConfiguration.Field.init) }
      return IngestConfiguration.Field(name: "", columns: [try node.text()])
    }.map { name, field in
      var field = field
      field.name = name
      return field
    }
  }

  fileprivate init(_ section: ConfigurationSection) throws {
    name = ""
    columns = try section.required("column") { try $0.oneOrMore { try $0.text() } }
    kind = try section.optional("kind") { try $0.word(FieldKind.self) } ?? .category
    values = Dictionary(
      try section.optional("values") { try $0.entries { try $0.text() } }?.map { ($0, $1) } ?? [],
      uniquingKeysWith: { $1 })
    scale =
      try section.optional("scale") { node in
        let scale = try node.number()
        guard scale > 0 else { throw node.error("\(scale) is no factor", remedy: "write a number above 0") }
        return scale
      } ?? 1
    if kind != .number { try section.refuse(["scale"], "unless the kind is number") }
  }
}

extension RecordOptions {
  fileprivate init(_ section: ConfigurationSection) throws {
    self.init()
    sheet = try section.optional("sheet") { try $0.text() }
    delimiter = try section.optional("delimiter") { try $0.word(DelimiterWord.self).delimiter }
    entry = try section.optional("entry") { try $0.text() }
  }
}

extension IngestConfiguration.Response {
  fileprivate init(_ section: ConfigurationSection) throws {
    let layout = try section.required("layout") { try $0.word(ResponseLayout.self) }
    self.layout = layout
    file = try section.required("file") { try $0.text() }
    options = try RecordOptions(section)
    try section.refuse(ResponseLayout.ownKeys.subtracting(layout.ownKeys), "for the layout \(layout.rawValue)")
    columns = try section.optional("columns") { try Self.columns($0, of: layout) } ?? [:]
    sampleNames = try section.optional("samples") { try $0.word(SampleKey.self) } ?? layout.sampleNames
    join = try section.optional("join") { try $0.text() }
    strip = try section.optional("strip") { try $0.oneOrMore { try $0.text() } } ?? []
    repeats = try section.optional("repeats") { try $0.word(RepeatRule.self) } ?? .error
    courses = try section.optional("courses") { try $0.word(CourseRule.self) } ?? .error
    screen = try section.optional("screen") { try $0.text() }
    drugNames = try section.optional("drug-names") { node in
      try node.section {
        (
          file: try $0.required("file") { try $0.text() }, id: try $0.required("id") { try $0.text() },
          name: try $0.required("name") { try $0.text() }
        )
      }
    }
    responders = try section.optional("responders") { try $0.list { try $0.text() } } ?? []
    nonResponders = try section.optional("non-responders") { try $0.list { try $0.text() } } ?? []
    onlyKnownDrugs = try section.optional("only-known-drugs") { try $0.flag() } ?? false
    if layout == .biotabDrugs, responders.isEmpty || nonResponders.isEmpty {
      throw section.node.error(
        "words need a rule", remedy: "list the words of 'responders' and of 'non-responders'")
    }
    let shared = Set(responders.map { $0.lowercased() }).intersection(nonResponders.map { $0.lowercased() })
    if let word = shared.min() {
      throw section.node.error(
        "'\(word)' cannot be both a responder's word and not", remedy: "name each word once")
    }
  }

  private static func columns(_ node: ConfigurationNode, of layout: ResponseLayout) throws -> [String: String] {
    let entries = try node.entries {
      try $0.text()
    } checking: { name, key in
      guard !layout.columnNames.contains(name) else { return }
      throw key.error(
        "the layout \(layout.rawValue) has no column '\(name)'",
        remedy: "it has \(layout.columnNames.joined(separator: ", "))")
    }
    return Dictionary(entries.map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
  }
}

extension ResponseLayout {
  /// Keys of a response that mean something for some layouts alone.
  static let ownKeys = allCases.reduce(into: Set<String>()) { $0.formUnion($1.ownKeys) }

  /// Of those, the ones that mean something for this layout.
  var ownKeys: Set<String> {
    switch self {
    case .gdscFitted: ["columns", "repeats", "screen"]
    case .ic50Matrix: ["drug-names", "repeats", "screen"]
    case .responseMatrix: ["drug-names", "courses"]
    case .biotabDrugs: ["columns", "courses", "responders", "non-responders"]
    }
  }
}

extension IngestConfiguration.Drugs {
  fileprivate init(_ section: ConfigurationSection) throws {
    files =
      try section.optional("files") { node in
        try node.list { node in
          try node.section { file in
            File(
              file: try file.required("file") { try $0.text() }, options: try RecordOptions(file),
              nameColumn: try file.required("name") { try $0.text() },
              columns: try file.required("columns") { try $0.columns { try $0.text() } }
                .map { (name: $0.key, column: $0.value) })
          }
        }
      } ?? []
    synonyms = try section.optional("synonyms") { try $0.entries { try $0.text() } }?.map { (name: $0, drug: $1) } ?? []
  }
}
