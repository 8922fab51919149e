import Foundation
import TestSupport
import Testing

@testable import Alignment

@Suite("Tissue maps of the house")
struct HouseTissueMapTests {
  private let house = Checkout.folder + "/align-configs"

  private func map(_ name: String) throws -> TissueMap {
    let path = "source.tissue.map=\(house)/tissues/\(name).yaml"
    return try AlignmentConfiguration(path: house + "/gdsc2-coadread.yaml", settings: [path]).source.map
  }

  @Test("are all read, and lead to tissues that GDSC's finest vocabulary knows, but for three of TCGA's")
  func oneVocabulary() throws {
    let files = try Checkout.configurations(in: house + "/tissues").map {
      (($0 as NSString).lastPathComponent as NSString).deletingPathExtension
    }
    #expect(files == ["gdsc-descriptor-1", "gdsc-descriptor-2", "gdsc-tcga-label", "tcga-disease", "tcga-study"])
    let finest = try map("gdsc-descriptor-2").allTissues
    #expect(finest.count == 28)
    for file in files {
      let rest = try map(file).allTissues.subtracting(finest)
      #expect(rest == (file.hasPrefix("tcga") ? ["eye", "paraganglia", "thymus"] : []), "\(file)")
    }
    let (studies, diseases) = (try map("tcga-study"), try map("tcga-disease"))
    #expect(studies.allTissues == diseases.allTissues)
  }

  @Test("of the pan-cancer configuration leave the paper's 20 tissues of patients and 23 of lines")
  func paper() throws {
    let configuration = try AlignmentConfiguration(path: house + "/gdsc-tcga.yaml")
    let (lines, patients) = (configuration.source.map.allTissues, configuration.target.map.allTissues)
    #expect(lines.count == 23 && patients.count == 20)
    #expect(lines.subtracting(patients).sorted() == ["bone", "myeloma", "neuroblastoma"])
    #expect(patients.isSubset(of: lines))
  }

  @Test("take colon and rectum together, as GDSC does")
  func largeIntestine() throws {
    for (name, words) in [
      ("gdsc-descriptor-1", ["large_intestine"]), ("gdsc-descriptor-2", ["large_intestine"]),
      ("gdsc-tcga-label", ["COAD/READ", "COREAD"]), ("tcga-study", ["COAD", "READ", "COADREAD"]),
      ("tcga-disease", ["colon adenocarcinoma", "Rectum Adenocarcinoma"]),
    ] {
      let map = try map(name)
      for word in words { #expect(map.meaning(of: word) == .tissue("large-intestine"), "\(name): \(word)") }
    }
  }
}
