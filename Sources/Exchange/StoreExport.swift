import Cohorts
import Formats
import Glibc
import HDF5
import Problems

/// How a part of a store is handed on: what, in which format, which way round.
package struct StoreExport: Sendable {
  package enum Target: Sendable, Equatable {
    case file(String)
    case standardOutput
  }

  /// What was written.
  package struct Summary: Sendable, Equatable {
    /// Rows as they stand in the output, without a header.
    package var rows: Int
    package var columns: Int
    /// Genes among the values that the source never measured, and that stand as 0.
    package var unmeasured: Int
  }

  package var subject: ExportSubject
  package var format: ExportFormat
  /// Genes x samples instead of samples x genes; GCT and GCTX are always that.
  package var genesAsRows: Bool
  package var isCompressed: Bool

  package init(
    _ subject: ExportSubject, as format: ExportFormat, genesAsRows: Bool = false, isCompressed: Bool = false
  ) {
    self.subject = subject
    self.format = format
    self.genesAsRows = genesAsRows
    self.isCompressed = isCompressed
  }

  /// Writes the part in blocks of rows, so that memory does not grow with the number of samples.
  ///
  /// A file appears whole or not at all, in place of one that may be there. Throws `ExchangeError`, and `StoreError`
  /// and `HDF5Error` where the store cannot be read; `CancellationError` where the task is cancelled.
  package func write(_ store: String, to target: Target) throws -> Summary {
    try check(target)
    let source = try CohortStore(store)
    guard case .file(let path) = target else {
      return try write(source, to: sink(over: StandardOutputSink()))
    }
    try Self.checkDifferent(store, path)
    let pending = try PendingFile(target: path)
    let summary = try pending.writing {
      format == .gctx
        ? try writeGCTX(source, path: pending.path, name: path)
        : try write(source, to: sink(over: FileSink(pending.path)))
    }
    try pending.commit()
    return summary
  }

  /// Throws if the settings contradict each other.
  package func check(_ target: Target) throws(ExchangeError) {
    if subject.isTable, !format.holdsTables {
      throw ExchangeError(
        .unsuitable, at: nil, "\(format.rawValue) holds a matrix, and \(subject.object) is a table",
        remedy: "export it as csv or tsv")
    }
    if subject.isTable, genesAsRows {
      throw ExchangeError(.unsuitable, at: nil, "\(subject.object) is a table: only a matrix can have genes as rows")
    }
    if case .obsm(let name) = subject, genesAsRows {
      throw ExchangeError(.unsuitable, at: nil, "the columns of obsm/\(name) are no genes")
    }
    if !format.isStream, isCompressed {
      throw ExchangeError(.unsuitable, at: nil, "no reader of \(format.rawValue) takes it compressed with gzip")
    }
    if !format.isStream, target == .standardOutput {
      throw ExchangeError(
        .unsuitable, at: nil, "\(format.rawValue) cannot be written to a pipe", remedy: "name a file with -o")
    }
  }

  private func sink(over sink: any ByteSink) throws -> any ByteSink { isCompressed ? try GzipSink(sink) : sink }

  private func write(_ store: CohortStore, to sink: any ByteSink) throws -> Summary {
    if subject.isTable { return try writeTable(store, to: sink) }
    let matrix = try StoredMatrix(subject, in: store)
    return switch format {
    case .npy: try writeNPY(matrix, to: sink)
    case .gct: try writeGCT(matrix, to: sink)
    case .csv, .tsv, .gctx: try writeText(matrix, to: sink)
    }
  }

  private static func checkDifferent(_ store: String, _ path: String) throws(ExchangeError) {
    var a = stat()
    var b = stat()
    guard stat(store, &a) == 0, stat(path, &b) == 0, a.st_ino == b.st_ino, a.st_dev == b.st_dev else { return }
    throw ExchangeError(
      .unsuitable, at: Place(path), "is the store that is exported", remedy: "write to another file with -o")
  }
}
