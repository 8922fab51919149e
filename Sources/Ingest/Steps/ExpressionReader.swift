import Expression
import Formats
import Genes
import Problems
import Runs
import Sources

/// Reads the matrices of a configuration and keeps the rows that may stand for a landmark.
///
/// Rows of other genes are passed over unparsed, unless the unit needs sums over every gene or has to be found out.
struct ExpressionReader {
  let configuration: IngestConfiguration.Expression
  let inputs: InputLedger
  let progress: (any RunProgress)?

  /// Reads every file in the unit that is declared; nil has every row parsed, as evidence for the unit.
  func read(in unit: ExpressionUnit?, drops: inout DropLog) throws -> CandidateMatrix {
    // Opened first, so that its inflating begins while the tables that explain it are read.
    var opened: (file: InputFile, source: ExpressionSource)? = try open(configuration.files[0])
    let matcher = GeneMatcher(platform: try platformMap())
    let lengths = try configuration.geneLengths.map { try GeneLengthTable($0, inputs: inputs) }
    let place = Place(inputs.path(of: configuration.files[0]))
    let conversion = try unit.map { try Conversion(from: $0, hasLengths: lengths != nil, at: place) }
    let setup = PassSetup(matcher: matcher, lengths: lengths, conversion: conversion, progress: progress)
    var geneRows: GeneRowPass?
    var sampleRows: SampleRowPass?
    for name in configuration.files {
      let (file, source) = try opened ?? open(name)
      opened = nil
      switch source {
      case .geneRows(let rows):
        if geneRows == nil { geneRows = GeneRowPass(rows, setup: setup) }
        try geneRows?.add(rows, of: file, drops: &drops)
      case .sampleRows(let rows):
        if sampleRows == nil { sampleRows = try SampleRowPass(rows, setup: setup, drops: &drops) }
        try sampleRows?.add(rows, of: file)
      }
    }
    guard let matrix = try geneRows?.matrix ?? sampleRows?.matrix() else {
      preconditionFailure("a configuration without files of expression")
    }
    try matrix.tally.requireMatches(at: place)
    if setup.needsLengths, matrix.rows.isEmpty, let lengths { throw lengths.matchesNothing }
    return matrix
  }

  private func open(_ name: String) throws -> (file: InputFile, source: ExpressionSource) {
    let file = try inputs.open(name, role: "expression")
    var options = configuration.options
    options.geneList = try configuration.geneList.map { try inputs.open($0, role: "gene list") }
    return (file, try configuration.layout.open(file, options: options))
  }

  private func platformMap() throws -> PlatformMap? {
    guard let platform = configuration.platform else { return nil }
    let file = try inputs.open(platform.file, role: "platform")
    let table = try PlatformTable(file)
    let probeColumn = try table.column(platform.probeColumn)
    let geneColumns = try platform.geneColumns.map { (kind: $0.kind, column: try table.column($0.name)) }
    var map = PlatformMap()
    while try table.advance() {
      let probe = map.insert(table.bytes(probeColumn))
      for (kind, column) in geneColumns {
        let namesGenes = map.add(table.bytes(column), as: kind, to: probe)
        if namesGenes { break }
      }
    }
    return map
  }
}

/// What a pass over a matrix is made with.
struct PassSetup {
  let matcher: GeneMatcher
  let lengths: GeneLengthTable?
  /// Nil while the unit is not known: then every gene is evidence for it.
  let conversion: Conversion?
  let progress: (any RunProgress)?

  var needsLengths: Bool { conversion?.need == .sumsAndLengths }
  /// Whether genes that are no landmarks have to be parsed too.
  var parsesAllGenes: Bool { conversion.map { $0.need != .nothing } ?? true }

  func sums(samples: Int) -> GeneSums? {
    guard let conversion, conversion.need != .nothing else { return nil }
    return GeneSums(conversion, samples: samples)
  }
}

extension GeneMatcher {
  /// What a row's identifiers stand for; a kind that is not declared is told by the identifier's form.
  func match(_ identifiers: [GeneIdentifier]) -> GeneMatch {
    if identifiers.count == 1 { return match(identifiers[0].text, as: identifiers[0].kind) }
    return match(
      identifiers.map { identifier in
        var text = identifier.text
        let kind = identifier.kind ?? text.withUTF8 { IdentifierKind.detected(in: UnsafeRawBufferPointer($0)) }
        return (kind: kind ?? .symbol, value: identifier.text)
      })
  }
}

extension [GeneIdentifier] {
  /// How a row is called in reports: its identifiers, those that are there, with a bar between.
  var name: String { map(\.text).filter { !$0.isEmpty }.joined(separator: "|") }
}
