import Files
import TestSupport
import Testing

@testable import Cohorts

@Suite("Input fingerprints")
struct InputFingerprintTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.h5ad")
  }

  @Test("the bytes that are summed are those of docs/store-format.md")
  func bytes() throws {
    var cohort = Cohort(
      x: Matrix(rows: 2, columns: 2, values: [1, -0.0, 0.5, 0]),
      obs: Frame(indexName: "sample", index: ["a", "Zürich"]), genes: Frame(indexName: "gene", index: ["g", "h"]))
    cohort.genes.set("measured", .booleans([true, false]))
    cohort.uns = [
      "expression": .group(["unit": .string("log2(tpm + 1)")]), "therapi": .group(["panel_order": .string("0123")]),
    ]
    let expected = Array("therapi-input 1\nunit 13\nlog2(tpm + 1)panel_order 4\n0123measured 2\n\u{1}\u{0}".utf8)
    let samplesAndX =
      Array("obs 10\na\u{0}Zürich\u{0}X 2 2\n".utf8) + [0, 0, 0x80, 0x3F, 0, 0, 0, 0x80, 0, 0, 0, 0x3F, 0, 0, 0, 0]
    #expect(try InputFingerprint(of: cohort).sha256 == SHA256.hex(of: expected + samplesAndX))
    cohort.genes = Frame(indexName: "gene", index: ["g", "h"])
    cohort.uns = [:]
    let bare = Array("therapi-input 1\nunit 0\npanel_order 0\nmeasured 2\n\u{1}\u{1}".utf8)
    #expect(try InputFingerprint(of: cohort).sha256 == SHA256.hex(of: bare + samplesAndX))
  }

  @Test("a store and the cohort in memory have the same, in one block of rows or in many", arguments: 0..<10)
  func streaming(seed: UInt64) throws {
    var random = RandomCohort(seed: seed)
    let cohort = random.make(samples: seed == 0 ? 300 : nil, genes: seed == 0 ? 978 : nil)
    try cohort.write(to: path)
    let store = try CohortStore(path)
    #expect(try store.inputFingerprint() == InputFingerprint(of: cohort))
    #expect(try store.inputFingerprint() == store.inputFingerprint())
  }

  @Test("it is that of the recorded cohort for ever")
  func recorded() throws {
    #expect(
      try InputFingerprint(of: ReferenceCohort.make()).sha256
        == "b7cde32a580535d0bd054e1e11d31ded40c6ba3f1b6e7f9bf62baf840490ef54")
  }

  @Test("what a model sees changes it, and nothing else does")
  func changes() throws {
    let reference = try InputFingerprint(of: ReferenceCohort.make())
    func changed(_ change: (inout Cohort) -> Void) throws -> Bool {
      var cohort = ReferenceCohort.make()
      change(&cohort)
      return try InputFingerprint(of: cohort) != reference
    }
    let samples = ReferenceCohort.make().obs.index
    #expect(try changed { $0.x.values[0] = -0.0 })
    #expect(try changed { $0.obs = Frame(indexName: "sample", index: samples.reversed()) })
    #expect(try changed { $0.obs = Frame(indexName: "sample", index: ["x"] + samples.dropFirst()) })
    #expect(try changed { $0.genes.set("measured", .booleans([true, true, true, true])) })
    #expect(try changed { $0.uns["expression"] = .group(["unit": .string("tpm")]) })
    #expect(try changed { $0.uns["therapi"] = .group(["panel_order": .string("0")]) })
    #expect(try !changed { $0.obs = Frame(indexName: "name", index: samples) })
    #expect(
      try !changed {
        $0.layers = [:]; $0.obsm = [:]; $0.uns["responses"] = nil
      })
  }
}
