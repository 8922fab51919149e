import Cohorts
import Foundation
import Problems
import TestSupport
import Testing

@testable import Ingest

@Suite("Damaged studies")
struct DamagedStudyTests {
  private static let files = [
    "matrix.tsv":
      "gene\tTCGA-AA-0001-01A\tTCGA-AA-0002-01A\tTCGA-AA-0002-06A\nAKT1|207\t1\t2\t3\nALDOA|226\tNA\t2\t2\nFAS|355\t0\t1\t0.5\n",
    "samples.tsv": "patient\ttissue\tage\tdead\nTCGA-AA-0001\tcolon\t61\t1\nTCGA-AA-0002\t\t7.5\tno\n",
    "r.csv": ",5426,3678\nTCGA-AA-0001,1,0\nTCGA-AA-0002,0,\n",
    "ic50.csv":
      "CELL_LINE_NAME,DRUG_NAME,LN_IC50\nTCGA-AA-0001-01,Erlotinib,1.5\nTCGA-AA-0001-01,Erlotinib,2\nx,y,-1\n",
    "drugs.tsv": "name\tsmiles\nErlotinib\tC#C\n5426\tCC\n",
  ]

  private static let yaml = """
    expression:
      layout: gene-rows
      files: matrix.tsv
      assay: rna-seq
      unit: log2(tpm + 1)
      gaps: {drop-samples-above: 0.9, fill: gene-mean}
    samples: {id: tcga-sample, duplicates: mean}
    tables:
      - layout: table
        files: samples.tsv
        key: {column: patient, names: tcga-patient}
        columns: {tissue: tissue, age: {column: age, kind: number}, dead: {column: dead, kind: flag}}
    responses:
      - {layout: response-matrix, file: r.csv, courses: best}
      - {layout: gdsc-fitted, file: ic50.csv, samples: sample, repeats: mean}
    drugs: {files: [{file: drugs.tsv, name: name, columns: {smiles: smiles}}]}
    """

  private func mutated(_ text: String, _ generator: inout SeededGenerator) -> Data {
    var bytes = Array(text.utf8)
    let pieces = ["\t", "\n", ",", "\"", "1e38", "-1", "NaN", "0", "TCGA-AA-0002", "\u{0}", "é", "207", " "]
    for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
      let at = Int.random(in: bytes.indices, using: &generator)
      let piece = Array((pieces.randomElement(using: &generator) ?? "").utf8)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes.replaceSubrange(at..<min(at + piece.count, bytes.count), with: piece)
      case 1: bytes.insert(contentsOf: piece, at: at)
      case 2: bytes.removeSubrange(at..<min(at + Int.random(in: 1...12, using: &generator), bytes.count))
      default: bytes.insert(contentsOf: bytes[at..<min(at + 40, bytes.count)], at: at)
      }
    }
    return Data(bytes)
  }

  @Test("make a store that verifies, or an error of the input with its place", arguments: 0..<4)
  func damaged(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let study = try Study()
    var committed = 0
    for _ in 0..<10 {
      for (name, text) in Self.files { try study.write(name, text) }
      let name = Self.files.keys.sorted().randomElement(using: &generator) ?? ""
      let bytes = mutated(Self.files[name] ?? "", &generator)
      try bytes.write(to: URL(fileURLWithPath: study.folder.file(name)))
      do {
        _ = try study.run(Self.yaml).commit(to: study.store)
        committed += 1
        let findings = try StoreVerification(of: study.store).findings
        #expect(findings.isEmpty, "\(name): \(findings) of \(String(decoding: bytes, as: UTF8.self))")
      } catch let problem as any Problem {
        #expect(problem.origin == .input && problem.place != nil, "\(problem)")
        #expect(!(problem is StoreError), "\(problem) for \(name): \(String(decoding: bytes, as: UTF8.self))")
      }
    }
    #expect(committed > 0)
  }
}
