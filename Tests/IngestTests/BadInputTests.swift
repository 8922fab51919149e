import Cohorts
import Formats
import Foundation
import Glibc
import Problems
import Runs
import TestSupport
import Testing

@testable import Ingest

/// One bad input: what is asked for and what must be said of it.
struct BadInput: CustomTestStringConvertible, Sendable {
  let name: String
  let yaml: String
  /// Type and kind of the error, such as `FormatError.truncated`.
  let kind: String
  /// `file:line:field` without the folder.
  let place: String
  /// Words of the cause.
  let cause: String

  var testDescription: String { name }

  init(_ name: String, _ yaml: String, _ kind: String, at place: String, _ cause: String) {
    (self.name, self.yaml, self.kind, self.place, self.cause) = (name, yaml, kind, place, cause)
  }

  /// A matrix with a gene a row that is itself at fault.
  init(_ name: String, file: String, _ kind: String, at place: String, _ cause: String) {
    self.init(name, Self.matrix(file), kind, at: place, cause)
  }

  static func matrix(
    _ file: String, layout: String = "gene-rows", unit: String = "log2(tpm + 1)", _ more: String = ""
  ) -> String {
    "expression:\n  layout: \(layout)\n  files: \(file)\n  assay: rna-seq\n  unit: \(unit)\n\(more)"
  }

  static let all: [BadInput] =
    bytes + tables + gct + companions

  private static let bytes = [
    BadInput("a missing file", file: "none.tsv", "FormatError.unreadable", at: "none.tsv", "no such file"),
    BadInput("a folder in place of a file", file: "'.'", "FormatError.unreadable", at: ".", "is a folder"),
    BadInput("an empty file", file: "empty.tsv", "FormatError.truncated", at: "empty.tsv", "empty"),
    BadInput(
      "a truncated gzip", file: "truncated.tsv.gz", "FormatError.truncated", at: "truncated.tsv.gz", "ends before"),
    BadInput("a damaged gzip", file: "damaged.tsv.gz", "FormatError.malformed", at: "damaged.tsv.gz", "checksum"),
    BadInput(
      "a binary file as a table", file: "binary.tsv", "SourceError.wrongLayout", at: "binary.tsv", "binary data"),
    BadInput("UTF-16", file: "utf16.tsv", "FormatError.wrongFormat", at: "utf16.tsv:1", "UTF-16"),
    BadInput(
      "UTF-16 without a mark", file: "utf16-no-mark.tsv", "SourceError.wrongLayout", at: "utf16-no-mark.tsv",
      "binary data"),
    BadInput(
      "a pickle that asks for a command",
      matrix("command.pkl", layout: "torch-vectors", unit: "zscore", "  gene-list: genes.txt\n"),
      "FormatError.wrongFormat", at: "command.pkl", "posix.system"),
  ]

  private static let tables = [
    BadInput(
      "a table cut in the middle of a row", file: "cut-row.tsv", "FormatError.malformed", at: "cut-row.tsv:5",
      "2 fields"),
    BadInput(
      "a table without rows", file: "header-only.tsv", "FormatError.truncated", at: "header-only.tsv", "no rows"),
    BadInput(
      "a word among numbers", file: "not-a-number.tsv", "FormatError.malformed",
      at: "not-a-number.tsv:3:TCGA-AA-0002-01A", "'8,5' is not a number"),
    BadInput(
      "an infinite value", file: "infinite.tsv", "FormatError.malformed", at: "infinite.tsv:2:TCGA-AA-0002-01A",
      "'-inf' is not a number"),
    BadInput("a wrong unit", file: "toil.tsv", "ExpressionError.contradiction", at: "toil.tsv", "-9.9658"),
    BadInput(
      "ids that match no landmark", file: "no-landmark.tsv", "GeneError.noLandmark", at: "no-landmark.tsv", "'A1BG'"),
    BadInput(
      "a duplicated sample without a rule", file: "duplicated.tsv", "IngestError.samples",
      at: "duplicated.tsv:TCGA-AA-0001-01A", "more than once"),
    BadInput(
      "gaps without a rule", file: "gaps.tsv", "IngestError.gaps", at: "gaps.tsv", "AKT1 has no value in 1 of 3"),
    BadInput(
      "another delimiter than the table's", matrix("comma.tsv", "  delimiter: tab\n"), "SourceError.wrongLayout",
      at: "comma.tsv:1", "no columns of values"),
    BadInput(
      "a column that is not there", matrix("good.tsv", "  gene-columns: {ensembl: ensembl}\n"), "FormatError.missing",
      at: "good.tsv:1:ensembl", "no column 'ensembl'"),
    BadInput(
      "a series matrix without expression", matrix("no-expression_series_matrix.txt", layout: "series-matrix"),
      "SourceError.wrongLayout", at: "no-expression_series_matrix.txt:6", "no expression"),
    BadInput(
      "a series matrix cut short", matrix("cut_series_matrix.txt", layout: "series-matrix"), "FormatError.truncated",
      at: "cut_series_matrix.txt:6", "without the line that closes it"),
    BadInput(
      "a series matrix whose samples differ from line to line",
      matrix("ragged_series_matrix.txt", layout: "series-matrix"), "FormatError.malformed",
      at: "ragged_series_matrix.txt:4:!Sample_platform_id", "1 values"),
  ]

  private static let gct = [
    BadInput(
      "a GCT named .gctx", matrix("text.gctx", layout: "gctx"), "SourceError.wrongLayout", at: "text.gctx", "text"),
    BadInput(
      "a gzipped GCT named .gctx", matrix("text-gz.gctx", layout: "gctx"), "SourceError.wrongLayout",
      at: "text-gz.gctx", "gzip"),
    BadInput("a GCTX named .gct", matrix("hdf5.gct", layout: "gct"), "SourceError.wrongLayout", at: "hdf5.gct", "HDF5"),
    BadInput(
      "a table where HDF5 is expected", matrix("good.tsv", layout: "gctx"), "SourceError.wrongLayout", at: "good.tsv",
      "text"),
    BadInput("HDF5 where a table is expected", file: "hdf5.gct", "SourceError.wrongLayout", at: "hdf5.gct", "HDF5"),
    BadInput(
      "HDF5 that is no GCTX", matrix("other.gctx", layout: "gctx"), "FormatError.wrongFormat",
      at: "other.gctx:/0/DATA/0/matrix", "no such data set"),
    BadInput("half a GCTX", matrix("half.gctx", layout: "gctx"), "HDF5Error", at: "half.gctx", "truncated"),
    BadInput(
      "a GCT that declares more rows than it has", matrix("huge.gct", layout: "gct"), "FormatError.truncated",
      at: "huge.gct:4", "1 of 2000000000 rows"),
    BadInput(
      "a GCT that declares more columns than memory holds", matrix("huge-columns.gct", layout: "gct"),
      "FormatError.malformed", at: "huge-columns.gct:3", "2000000000 columns"),
    BadInput(
      "a GCT that declares a number that is none", matrix("overflow.gct", layout: "gct"), "FormatError.malformed",
      at: "overflow.gct:2:1", "99999999999999999999"),
    BadInput(
      "a GCTX whose matrix is larger than its ids", matrix("huge.gctx", layout: "gctx"), "FormatError.malformed",
      at: "huge.gctx:/0/DATA/0/matrix", "ids for 2 columns"),
    BadInput(
      "a GCTX that declares more than memory holds", matrix("huge-ids.gctx", layout: "gctx"), "HDF5Error",
      at: "huge-ids.gctx:/0/META", "declares 1099511627776 elements"),
  ]

  private static let good = matrix("good.tsv")

  private static let companions = [
    BadInput(
      "a missing table", good + "tables: [{layout: xena-survival, files: none.tsv}]", "FormatError.unreadable",
      at: "none.tsv", "no such file"),
    BadInput(
      "a table that joins no sample",
      good
        + "tables: [{layout: table, files: samples-of-others.tsv, key: {column: id, names: tcga-sample}, columns: {tissue: tissue}}]",
      "IngestError.tables", at: "samples-of-others.tsv:id", "'TCGA-ZZ-0001-01'"),
    BadInput(
      "a table without a column that is asked for",
      good + "tables: [{layout: table, files: samples.tsv, key: {column: id}, columns: {tissue: organ}}]",
      "SourceError.missing", at: "samples.tsv:1:organ", "no column 'organ'"),
    BadInput(
      "a word where a number is asked for",
      good
        + "tables: [{layout: table, files: samples.tsv, key: {column: id}, columns: {age: {column: age, kind: number}}}]",
      "IngestError.tables", at: "samples.tsv:2:age", "'old'"),
    BadInput(
      "a list of samples with none of the matrix's", good + "samples: {list: list-of-others.txt}",
      "IngestError.samples",
      at: "good.tsv", "no sample"),
    BadInput(
      "a platform without its probe column",
      matrix("good.tsv", "  gene-ids: probe\n  platform: {file: platform-no-probe.tsv}\n"), "FormatError.missing",
      at: "platform-no-probe.tsv:1:ID", "no column 'ID'"),
    BadInput(
      "a platform of other probes",
      matrix("good.tsv", "  gene-ids: probe\n  platform: {file: platform-of-others.tsv, genes: {Gene ID: entrez}}\n"),
      "GeneError.noLandmark",
      at: "good.tsv", "none of 4 identifiers"),
    BadInput(
      "counts without lengths", matrix("counts.tsv", unit: "counts"), "ExpressionError.notConvertible",
      at: "counts.tsv", "lengths"),
    BadInput(
      "gene lengths without a match",
      matrix(
        "counts.tsv", unit: "counts",
        "  gene-lengths: {file: lengths-of-others.tsv, gene: symbol, gene-ids: symbol, length: length}\n"),
      "IngestError.geneLengths", at: "lengths-of-others.tsv:symbol", "'NAT1'"),
    BadInput(
      "responses of other patients", good + "responses: [{layout: response-matrix, file: responses-of-others.csv}]",
      "IngestError.responses", at: "responses-of-others.csv", "none of its 1 responses"),
    BadInput(
      "a word among IC50s", good + "responses: [{layout: gdsc-fitted, file: ic50-words.csv}]",
      "SourceError.wrongLayout",
      at: "ic50-words.csv:3:LN_IC50", "'n/d' is not a number"),
  ]
}

@Suite("Bad input")
struct BadInputTests {
  let study: Study
  static let folder = (Bundle.module.resourcePath ?? "") + "/Fixtures/bad-input"

  init() throws {
    study = try Study()
    try study.matrix(["before"], [("AKT1", [1])])
    _ = try study.run(plainExpression).commit(to: study.store)
    try FileManager.default.removeItem(atPath: study.folder.file("matrix.tsv"))
  }

  private func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: study.store)) }

  /// What a run throws; nil where it commits.
  private func problem(_ yaml: String, kind: String = "patients") throws -> (any Problem)? {
    let run = try study.run(yaml, kind: kind, settings: ["root=\(Self.folder)"])
    do {
      _ = try run.commit(to: study.store)
      return nil
    } catch let problem as any Problem {
      return problem
    }
  }

  @Test("is an error with kind, place, cause and remedy, and leaves the store that was there", arguments: BadInput.all)
  func refused(input: BadInput) throws {
    let before = try bytes()
    let problem = try #require(try problem(input.yaml))
    #expect(problem.kindName.hasPrefix(input.kind), "\(problem.kindName): \(problem)")
    let place = problem.place.map { $0.description.replacing(Self.folder + "/", with: "") } ?? ""
    #expect(input.kind == "HDF5Error" ? place.hasPrefix(input.place) : place == input.place, "\(problem)")
    #expect(problem.cause.contains(input.cause), "\(problem)")
    #expect(problem.remedy?.isEmpty == false, "no remedy: \(problem)")
    #expect(problem.origin == .input)
    #expect(try bytes() == before)
    #expect(try study.files == ["store.h5ad", "study.yaml"])
  }

  @Test("the sound matrix that the others are spoilt copies of is taken")
  func good() throws {
    let before = try bytes()
    #expect(try problem(BadInput.matrix("good.tsv")) == nil)
    #expect(try bytes() != before)
  }

  @Test("an NPY header that declares more than memory or the file holds", arguments: ["huge.npy", "huge-file.npy"])
  func hugeNPY(name: String) throws {
    let error = try #require(throws: FormatError.self) {
      try NPYArray(path: "\(Self.folder)/\(name)")
    }
    #expect(error.kind == .tooLarge || error.kind == .truncated, "\(error)")
    #expect(error.origin == .input && error.place?.file.hasSuffix(name) == true)
  }

  @Test("a store that another process is writing is left to it")
  func locked() throws {
    let before = try bytes()
    let partial = study.folder.file(".store.h5ad.partial")
    let number = open(partial, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    defer { close(number) }
    // F_OFD_SETLK: a lock of the open file, which counts within a process as between two.
    var lock = Glibc.flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
    try #require(fcntl(number, 37, &lock) == 0)
    let problem = try #require(try problem(BadInput.matrix("good.tsv")) as? StoreError)
    #expect(problem.kind == .locked && problem.origin == .input && problem.remedy?.contains("wait") == true)
    #expect(problem.place?.file == study.store)
    #expect(try bytes() == before && FileManager.default.fileExists(atPath: partial))
  }

  @Test("what a killed run left behind is written over, and a store cut short is told from a whole one")
  func halfWritten() throws {
    let whole = try bytes()
    try whole.prefix(5_000).write(to: URL(fileURLWithPath: study.folder.file(".store.h5ad.partial")))
    try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: study.store))
    let error = try #require(throws: StoreError.self) { try CohortStore(study.store) }
    #expect(error.kind == .damaged && error.origin == .input && error.remedy != nil)
    #expect(error.cause.contains("cut short") && error.place?.file == study.store)
    #expect(try problem(BadInput.matrix("good.tsv")) == nil)
    #expect(try CohortStore(study.store).samples == 3)
    #expect(try study.files == ["store.h5ad", "study.yaml"])
  }

  /// Writes to a file of the input as soon as the matrix has been read.
  private final class Meddler: RunProgress {
    let path: String
    init(_ path: String) { self.path = path }
    func advance(_ step: RunStep) {}
    func begin(_ step: String) {
      guard step.hasPrefix("choosing"), let file = FileHandle(forWritingAtPath: path) else { return }
      file.seekToEndOfFile()
      file.write(Data("FAS\t1\n".utf8))
      file.closeFile()
    }
  }

  @Test("an input that changes while it is read is noticed")
  func changed() throws {
    let before = try bytes()
    try study.matrix(["a"], [("AKT1", [1])])
    let run = try study.run(plainExpression, progress: Meddler(study.folder.file("matrix.tsv")))
    let error = try #require(throws: FormatError.self) { try run.commit(to: study.store) }
    #expect(error.kind == .unreadable && error.cause.contains("changed") && error.remedy?.contains("download") == true)
    #expect(error.origin == .input && error.place?.file.hasSuffix("matrix.tsv") == true)
    #expect(try bytes() == before && study.files == ["matrix.tsv", "store.h5ad", "study.yaml"])
  }

  @Test("a folder that takes no files is the machine's fault", arguments: ["/sys/a.h5ad", "/none/a.h5ad"])
  func readOnly(path: String) throws {
    try study.matrix(["a"], [("AKT1", [1])])
    let error = try #require(throws: StoreError.self) { try study.run(plainExpression).commit(to: path) }
    #expect(error.kind == .notCommitted && error.origin == .program && error.remedy?.contains("folder") == true)
  }

  @Test("a full disk is the machine's fault and leaves the store that was there")
  func fullDisk() async throws {
    await #expect(processExitsWith: .success) { [yaml = plainExpression as String] in
      let study = try Study()
      let genes = ["AKT1", "ALDOA"]
      let samples = (0..<200).map { "s\($0)" }
      try study.matrix(samples, genes.map { ($0, samples.map { _ in 1 }) })
      _ = try study.ingest(yaml)
      let before = try Data(contentsOf: URL(fileURLWithPath: study.store))
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 150_000, rlim_max: 150_000)
      precondition(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      do {
        _ = try study.ingest(yaml)
        exit(3)
      } catch let error as StoreError {
        precondition(error.kind == .notCommitted && error.origin == .program, error.description)
      }
      let after = try Data(contentsOf: URL(fileURLWithPath: study.store))
      let files = try study.files
      precondition(after == before && files == ["matrix.tsv", "store.h5ad", "study.yaml"])
    }
  }
}

extension Problem {
  /// `Type.kind`, or the type alone.
  fileprivate var kindName: String {
    let kind = Mirror(reflecting: self).children.first { $0.label == "kind" }
    let name = "\(type(of: self))".replacing(/Fault<(\w+)Fault>/) { "\($0.output.1)Error" }
    return name + (kind.map { ".\($0.value)" } ?? "")
  }
}
