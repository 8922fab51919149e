import Cohorts
import Problems

/// A store as one side of an alignment: what must be right about it, and what is read of it.
struct DomainStore {
  let store: CohortStore
  let obs: Frame
  /// The cohort's.
  let name: String
  /// Hash of the genes' order.
  let geneOrder: String
  /// One a gene: whether the source of the cohort has it.
  let measured: [Bool]
  /// Of X.
  let unit: String

  /// Throws `AlignmentError` for a store that ingest did not write, or that is empty.
  init(_ store: CohortStore) throws {
    self.store = store
    guard store.seal != nil else { throw Self.foreign(Place(store.path), "has no seal, so therapi did not write it") }
    guard case .integer(let schema) = try store.value(at: "therapi/schema") else {
      throw Self.foreign(Self.place(store, "/uns/therapi/schema"), "is missing")
    }
    guard schema == Self.schema else {
      throw AlignmentError(
        .foreign, at: Self.place(store, "/uns/therapi/schema"), "is \(schema); this program knows \(Self.schema)",
        remedy: "use the version of therapi that wrote the store, or ingest the cohort again")
    }
    guard store.samples > 0 else {
      throw AlignmentError(
        .empty, at: Self.place(store, "/X"), "holds no samples",
        remedy: "name a cohort with expression; the store of a gene panel has none")
    }
    name = try Self.text("therapi/name", of: store)
    geneOrder = try Self.text("therapi/panel_order", of: store)
    unit = try Self.text("expression/unit", of: store)
    obs = try store.obs()
    switch try store.geneTable()["measured"] {
    case .booleans(let measured): self.measured = measured
    case nil: measured = Array(repeating: true, count: store.genes)
    default: throw Self.foreign(Self.place(store, "/var/measured"), "is not boolean")
    }
  }

  /// The layout of stores that this program reads.
  private static let schema = 1

  /// The place of an object of the store.
  func place(_ object: String) -> Place { Self.place(store, object) }

  private static func place(_ store: CohortStore, _ object: String) -> Place { Place(store.path, object: object) }

  private static func foreign(_ place: Place, _ cause: String) -> AlignmentError {
    AlignmentError(.foreign, at: place, cause, remedy: "ingest the cohort with therapi")
  }

  private static func text(_ path: String, of store: CohortStore) throws -> String {
    guard case .string(let text) = try store.value(at: path) else {
      throw foreign(place(store, "/uns/\(path)"), "is missing")
    }
    return text
  }

  /// The words of a column of the sample table, "" being a gap.
  func words(in column: String, for purpose: String, _ kind: AlignmentFault) throws -> [String] {
    switch obs[column] {
    case .strings(let words): return words
    case .categorical(let codes, let categories, _): return codes.map { $0 < 0 ? "" : categories[Int($0)] }
    case .floats, .doubles, .int32s, .booleans:
      throw AlignmentError(
        kind, at: place("/obs/\(column)"), "holds no words, so it cannot say \(purpose)",
        remedy: "name a column of words, or ingest it as a category")
    case nil:
      throw AlignmentError(
        kind, at: place("/obs"), "has no column '\(column)', which is to say \(purpose)",
        remedy: "it has \(obs.columns.map(\.name).joined(separator: ", ")): name one of them in the configuration")
    }
  }

  /// Samples that a row of the responses names; empty where there are no responses.
  func samplesWithResponses() throws -> Set<String> {
    guard case .frame(let responses) = try store.value(at: "responses") else { return [] }
    switch responses["sample"] {
    case .strings(let samples): return Set(samples)
    case .categorical(let codes, let categories, _):
      return Set(codes.compactMap { $0 < 0 ? nil : categories[Int($0)] })
    default: throw Self.foreign(place("/uns/responses/sample"), "does not name samples")
    }
  }

  /// Rows of X by their numbers, ascending. Throws at NaN and infinity.
  func expression(of rows: [Int]) throws -> Matrix {
    let whole = try store.matrix()
    let width = store.genes
    for row in rows { try store.checkFinite(whole.values[row * width..<(row + 1) * width], ofSample: row) }
    guard rows.count < whole.rows else { return whole }
    var values: [Float] = []
    values.reserveCapacity(rows.count * width)
    for row in rows { values.append(contentsOf: whole.values[row * width..<(row + 1) * width]) }
    return Matrix(rows: rows.count, columns: width, values: values)
  }
}

extension CohortStore {
  /// Throws `.notFinite` at NaN and infinity in the row of X of a sample, which is given by its number.
  func checkFinite(_ values: ArraySlice<Float>, ofSample row: Int) throws {
    guard let position = values.firstIndex(where: { !$0.isFinite }) else { return }
    let (sample, gene) = (try obs().index[row], try geneTable().index[position - values.startIndex])
    throw AlignmentError(
      .notFinite, at: Place(path, object: "/X"), "is \(values[position]) for sample \(sample), gene \(gene)",
      remedy: "ingest the cohort again, with a rule for gaps")
  }
}
