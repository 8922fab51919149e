import Foundation
import TestSupport
import Testing

@testable import Embedding

@Suite("Catalogue of models")
struct ModelCatalogTests {
  @Test("tells what is installed, what is missing, and whence")
  func catalog() throws {
    let folder = try TemporaryFolder()
    var catalog = try ModelCatalog(in: folder.path)
    #expect(catalog.models.allSatisfy { !$0.isInstalled && !$0.missing.isEmpty && !$0.source.isEmpty })
    #expect(catalog.models.last?.name == "csg2a" && catalog.models.last?.licence.contains("CC BY-NC-SA 4.0") == true)
    // Only what could be looked up counts as known.
    #expect(catalog.models.map { $0.unconfirmed == nil } == [true, true, true, false])
    #expect(catalog.models.map { $0.source.contains("ctheodoris/Geneformer") } == [true, true, true, false])
    let own = folder.file("geneformer-v1-10m")
    try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    for name in ["config.json", "pytorch_model.bin", "token_dictionary_gc30M.pkl", "gene_median_dictionary.pkl.gz"] {
      try Data("abc".utf8).write(to: URL(fileURLWithPath: "\(own)/\(name)"))
    }
    catalog = try ModelCatalog(in: folder.path)
    let model = try #require(catalog.models.first)
    #expect(model.isInstalled && model.files.count == 4)
    // SHA-256 of "abc", FIPS 180-2 appendix B.1.
    #expect(model.files[0].sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test("looks where the option says, then the environment, then at home")
  func folders() {
    let environment = ["THERAPI_MODELS": "/m", "HOME": "/h"]
    #expect(ModelCatalog.folder(option: "x", environment: environment) == "x")
    #expect(ModelCatalog.folder(option: nil, environment: environment) == "/m")
    #expect(ModelCatalog.folder(option: nil, environment: ["HOME": "/h"]) == "/h/.local/share/therapi/models")
  }
}
