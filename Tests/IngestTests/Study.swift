import Cohorts
import Foundation
import Genes
import Logging
import Runs
import TestSupport
import Testing

@testable import Ingest

/// A folder with a configuration and the files that it names, for one test.
final class Study {
  let folder: TemporaryFolder
  /// The folder's name is part of no store: tests compare stores of studies in different ones.
  init() throws { folder = try TemporaryFolder() }

  var store: String { folder.file("store.h5ad") }

  func write(_ name: String, _ text: String) throws {
    try text.write(toFile: folder.file(name), atomically: false, encoding: .utf8)
  }

  /// Writes a delimited table.
  func table(_ name: String, separator: String = "\t", _ rows: [[String]]) throws {
    try write(name, rows.map { $0.joined(separator: separator) + "\n" }.joined())
  }

  /// Writes the study's matrix: genes x samples.
  func matrix(_ samples: [String], _ rows: [(String, [Double])], corner: String = "gene") throws {
    try table("matrix.tsv", [[corner] + samples] + rows.map { [$0.0] + $0.1.map { $0.isNaN ? "NA" : "\($0)" } })
  }

  /// `expression` and what follows it are YAML; what every study has is put before them.
  func run(
    _ yaml: String, kind: String = "patients", settings: [String] = [], progress: (any RunProgress)? = nil
  ) throws -> IngestRun {
    try write("study.yaml", "name: study\nkind: \(kind)\n\(yaml)\n")
    let configuration = try IngestConfiguration(path: folder.file("study.yaml"), settings: settings)
    return IngestRun(configuration, progress: progress, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  /// Ingests into the store and reads it back.
  func ingest(_ yaml: String, kind: String = "patients") throws -> Ingested {
    let report = try run(yaml, kind: kind).commit(to: store)
    return Ingested(cohort: try CohortStore(store).cohort(), report: report)
  }

  var files: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }
}

/// The usual expression section for `Study.matrix`.
let plainExpression = """
  expression:
    layout: gene-rows
    files: matrix.tsv
    assay: rna-seq
    unit: log2(tpm + 1)
  """

/// A store's content with short ways to what tests look at.
struct Ingested {
  let cohort: Cohort
  let report: IngestReport

  var samples: [String] { cohort.obs.index }

  /// X of a gene, a value a sample.
  func values(_ symbol: String) throws -> [Float] {
    let gene = try #require(cohort.genes.index.firstIndex(of: symbol))
    return (0..<cohort.x.rows).map { cohort.x.values[$0 * cohort.x.columns + gene] }
  }

  /// Symbols of the genes with values.
  var measured: [String] {
    guard case .booleans(let flags) = cohort.genes["measured"] else { return [] }
    return cohort.genes.index.indices.filter { flags[$0] }.map { cohort.genes.index[$0] }
  }

  /// A column of the sample table as text.
  func column(_ name: String) -> [String]? { cohort.obs[name]?.texts }

  /// A gene's field of the gene table as text.
  func gene(_ symbol: String, _ field: String) throws -> String {
    let gene = try #require(cohort.genes.index.firstIndex(of: symbol))
    return try #require(cohort.genes[field]?.texts[gene])
  }

  func value(_ path: String) -> StoreValue? {
    path.split(separator: "/").reduce(StoreValue.group(cohort.uns)) { value, key in
      if case .group(let group) = value { group[String(key)] } else { nil }
    }
  }

  func text(_ path: String) -> String? {
    if case .string(let text) = value(path) { text } else { nil }
  }

  func frame(_ path: String) throws -> Frame {
    guard case .frame(let frame) = value(path) else { throw Missing(path: path) }
    return frame
  }

  /// What was dropped: `kind id: reason @ place`.
  var dropped: [String] {
    get throws {
      let frame = try frame("provenance/dropped")
      return zip(frame["kind"]?.texts ?? [], frame["id"]?.texts ?? []).enumerated().map { row, entry in
        let place = frame["place"]?.texts[row] ?? ""
        return "\(entry.0) \(entry.1): \(frame["reason"]?.texts[row] ?? "")" + (place.isEmpty ? "" : " @ \(place)")
      }
    }
  }

  /// How many were dropped by `kind: reason`.
  var counts: [String: Int] {
    get throws {
      let frame = try frame("provenance/counts")
      let keys = zip(frame["kind"]?.texts ?? [], frame["reason"]?.texts ?? []).map { "\($0): \($1)" }
      return Dictionary(uniqueKeysWithValues: zip(keys, (frame["count"]?.texts ?? []).compactMap(Int.init)))
    }
  }

  struct Missing: Error { let path: String }
}

extension Column {
  /// Every value as text; gaps are "", or nan.
  var texts: [String] {
    switch self {
    case .strings(let values): values
    case .categorical(let codes, let categories, _): codes.map { $0 < 0 ? "" : categories[Int($0)] }
    case .floats(let values): values.map { "\($0)" }
    case .doubles(let values): values.map { "\($0)" }
    case .int32s(let values): values.map { "\($0)" }
    case .booleans(let values): values.map { "\($0)" }
    }
  }
}
