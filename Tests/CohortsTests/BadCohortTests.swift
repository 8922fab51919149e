import Cohorts
import Foundation
import Problems
import TestSupport
import Testing

@Suite("Cohorts that may not be written")
struct BadCohortTests {
  @Test("each fault is named with its place, and nothing is written", arguments: CohortFaults.all.indices)
  func faults(number: Int) throws {
    let (object, cause, spoil) = CohortFaults.all[number]
    let folder = try TemporaryFolder()
    var cohort = ReferenceCohort.make()
    spoil(&cohort)
    let error = try #require(throws: StoreError.self) { try cohort.write(to: folder.file("a.h5ad")) }
    #expect(error.kind == .offProfile && error.origin == .input)
    #expect(error.place == Place(folder.file("a.h5ad"), object: object))
    #expect(error.cause.contains(cause), "\(error.cause)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }
}

/// Things that may not be written: the place, a part of the cause, and how to bring it about.
private enum CohortFaults {
  static let all: [(String, String, @Sendable (inout Cohort) -> Void)] = [
    ("/X", "nan in row 2, gene ATF1", { $0.x.values[5] = .nan }),
    ("/X", "inf in row 1, gene PSME1", { $0.x.values[0] = .infinity }),
    ("/X", "RHEB, which var/measured says was not measured", { $0.x.values[2] = 1 }),
    ("/X", "-1.0 in row 1, gene PSME1; log2(TPM + 1) lies between 0.0", { $0.x.values[0] = -1 }),
    ("/X", "is 4 x 4", { $0.x = Matrix(rows: 4, columns: 4) }),
    ("/obs", #"has the sample "a" twice"#, { $0.obs = Frame(indexName: "sample", index: ["a", "b", "a", "c", "d"]) }),
    (
      "/obs", "no valid sample name in row 2", { $0.obs = Frame(indexName: "sample", index: ["a", "", "b", "c", "d"]) }
    ),
    ("/var", #"has the gene "g" twice"#, { $0.genes = Frame(indexName: "gene", index: ["g", "g", "h", "i"]) }),
    ("/obs/a/b", "cannot be a name", { $0.obs.set("a/b", .strings(Array(repeating: "", count: 5))) }),
    ("/obs/sample", "is the name of the index", { $0.obs.set("sample", .strings(Array(repeating: "", count: 5))) }),
    ("/obs/t", "zero byte in the string of row 1", { $0.obs.set("t", .strings(["\0", "", "", "", ""])) }),
    (
      "/obs/t", "has the code 2 in row 1",
      { $0.obs.set("t", .categorical(codes: [2, 0, 0, 0, 0], categories: ["a", "b"], ordered: false)) }
    ),
    (
      "/obs/t", #"has the category "a" twice"#,
      { $0.obs.set("t", .categorical(codes: [0, 0, 0, 0, 0], categories: ["a", "a"], ordered: false)) }
    ),
    ("/layers/l", "is 5 x 3", { $0.layers["l"] = Matrix(rows: 5, columns: 3) }),
    ("/obsm/m", "is 4 x 3", { $0.obsm["m"] = Matrix(rows: 4, columns: 3) }),
    ("/obsm/", "cannot be a name", { $0.obsm[""] = Matrix(rows: 5, columns: 3) }),
    ("/uns/a/b/c", "cannot be a name", { $0.uns["a"] = .group(["b/c": .integer(1)]) }),
    ("/uns/a", "zero byte", { $0.uns["a"] = .strings(["x", "\0"]) }),
    (
      "/uns/a/d", #"has the row "r" twice"#,
      { $0.uns["a"] = .group(["d": .frame(Frame(indexName: "row", index: ["r", "r"]))]) }
    ),
    ("/layers/aligned", "is nan in row 2, column 3", { $0.layers["aligned"]?.values[6] = .nan }),
    ("/obsm/X_therapi", "is inf in row 1, column 2", { $0.obsm["X_therapi"]?.values[1] = .infinity }),
    (
      "/uns/embeddings/X_pca", "is the record of obsm/X_pca, which is not there",
      { $0.uns["embeddings"] = .group(["X_pca": .group(["block": .string("obsm/X_pca")])]) }
    ),
    (
      "/uns/embeddings/X_therapi", "does not name its block",
      { $0.uns["embeddings"] = .group(["X_therapi": .string("obsm/X_therapi")]) }
    ),
    ("/var/measured", "is not boolean", { $0.genes.set("measured", .int32s([1, 1, 0, 1])) }),
  ]
}
