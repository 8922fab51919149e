import Cohorts
import TestSupport
import Testing

@Suite("Summaries of alignments")
struct AlignmentSummaryTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.h5ad")
  }

  /// The members of the example's summary, to be spoilt.
  private func members() -> [String: StoreValue] {
    guard case .group(let members) = ExampleAlignment.summary.value else { return [:] }
    return members
  }

  /// Without the curve, whose NaN equals nothing.
  private var comparable: AlignmentSummary {
    var summary = ExampleAlignment.summary
    summary.curve = nil
    return summary
  }

  @Test("come back from a store as they were, and the store verifies")
  func roundTrip() throws {
    try ExampleCohort.make().write(to: path)
    #expect(try CohortStore(path).alignment() == nil)
    try StoreUpdate.update(path) { update in
      try update.set(obsm: AlignmentSummary.Part.weights, ExampleAlignment.weights)
      try update.set(uns: AlignmentSummary.Part.summary, ExampleAlignment.summary.value)
    }
    let store = try CohortStore(path)
    var summary = try #require(try store.alignment())
    #expect(summary.curve?.index == ["1", "2", "3"])
    #expect(summary.curve?["total"] == .doubles([2, 1.5, 1.25]))
    summary.curve = nil
    #expect(summary == comparable)
    #expect(try StoreVerification(of: path).isSound)
  }

  @Test("have the names and types that the documentation gives")
  func layout() throws {
    let members = members()
    #expect(
      members.keys.sorted() == [
        "cell_lines", "checkpoint", "curve", "measures", "model", "preset", "source", "standardisation", "tissues",
      ])
    guard case .frame(let lines) = members["cell_lines"], case .frame(let measures) = members["measures"],
      case .frame(let tissues) = members["tissues"]
    else {
      Issue.record("no tables")
      return
    }
    #expect(lines.indexName == "cell_line" && measures.indexName == "measure" && tissues.indexName == "tissue")
    #expect(
      lines["tissue"] == .categorical(codes: [1, 0, 0, -1], categories: ["colon", "skin"], ordered: false))
    #expect(tissues["source_samples"] == .int32s([2, 1]) && tissues["target_samples"] == .int32s([2, 1]))
    #expect(measures.columns.map(\.name) == ["raw", "latent", "aligned_expression"])
    guard case .doubles(let aligned) = measures["aligned_expression"] else {
      Issue.record("aligned_expression is not float64")
      return
    }
    #expect(aligned[1].isNaN && aligned[0] == 1)
  }

  @Test(
    "a member that is missing or of another type is an error with its place",
    arguments: ["preset", "checkpoint", "model", "source", "standardisation", "cell_lines", "tissues", "measures"])
  func spoilt(key: String) throws {
    for value in [nil, StoreValue.integer(1)] {
      var cohort = ExampleAlignment.make()
      var members = members()
      members[key] = value
      cohort.uns["alignment"] = .group(members)
      try cohort.write(to: path)
      let error = try #require(throws: StoreError.self) { try CohortStore(path).alignment() }
      #expect(error.kind == .offProfile && error.place?.object == "/uns/alignment/\(key)")
      #expect(error.place?.file == path)
    }
  }

  @Test(
    "so is a column of a table",
    arguments: [
      ("cell_lines", "tissue"), ("tissues", "source_samples"), ("tissues", "target_samples"), ("measures", "raw"),
      ("measures", "latent"), ("measures", "aligned_expression"),
    ])
  func spoiltColumn(table: String, column: String) throws {
    for replacement in [nil, Column.booleans([true, false])] {
      var frame = Frame(indexName: "name", index: ["a", "b"])
      if let replacement { frame.set(column, replacement) }
      for (other, values) in [
        ("source_samples", Column.int32s([1, 2])), ("target_samples", .int32s([1, 2])), ("raw", .doubles([1, 2])),
        ("latent", .doubles([1, 2])), ("aligned_expression", .doubles([1, 2])), ("tissue", .strings(["x", ""])),
      ] where other != column { frame.set(other, values) }
      var members = members()
      members[table] = .frame(frame)
      let error = try #require(throws: StoreError.self) {
        try AlignmentSummary(.group(members), at: .init("a.h5ad", object: "/uns/alignment"))
      }
      #expect(error.place?.object == "/uns/alignment/\(table)/\(column)")
    }
  }

  @Test("members that a later version adds do not matter, nor does a missing curve")
  func others() throws {
    var members = members()
    members["extra"] = .string("new")
    members["curve"] = nil
    #expect(try AlignmentSummary(.group(members), at: .init("a.h5ad")) == comparable)
    let error = try #require(throws: StoreError.self) { try AlignmentSummary(.string("text"), at: .init("a.h5ad")) }
    #expect(error.kind == .offProfile)
  }

  @Test("rows of a matrix in obsm are read as they stand")
  func rows() throws {
    try ExampleAlignment.make().write(to: path)
    let store = try CohortStore(path)
    var values = [Float](repeating: -1, count: 10)
    try values.withUnsafeMutableBufferPointer { try store.read(obsm: "therapi_weights", 2..<4, into: $0) }
    #expect(values == [1, 0, 0, 0, 0, 0.25, 0.75, 0, -1, -1])
    for (name, rows) in [("therapi_weights", 4..<6), ("none", 0..<1)] {
      let error = try #require(throws: StoreError.self) {
        try values.withUnsafeMutableBufferPointer { try store.read(obsm: name, rows, into: $0) }
      }
      #expect(error.place?.object == "/obsm/\(name)")
    }
  }
}
