/// A TCGA barcode, `TCGA-XX-XXXX-TTV-...`, as far as it goes.
package struct TCGABarcode: Sendable, Equatable {
  /// The first 12 characters: `TCGA-XX-XXXX`.
  package let patient: String
  /// Two digits: 01 primary tumour, 03 blood, 06 metastasis, 11 normal tissue; nil where the barcode ends before it.
  package let sampleType: String?
  /// The letter behind the type, "" where there is none.
  package let vial: String

  /// Nil for anything else.
  package init?(_ text: some StringProtocol) {
    let parts = String(text).utf8.split(separator: UInt8(ascii: "-"), maxSplits: 4, omittingEmptySubsequences: false)
    guard parts.count >= 3, parts[0].elementsEqual("TCGA".utf8), parts[1].count == 2, parts[2].count == 4 else {
      return nil
    }
    patient = "TCGA-\(Substring(parts[1]))-\(Substring(parts[2]))"
    guard parts.count > 3 else {
      sampleType = nil
      vial = ""
      return
    }
    let type = parts[3].prefix(2)
    guard type.count == 2, type.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    sampleType = String(Substring(type))
    vial = String(Substring(parts[3].dropFirst(2)))
  }

  /// The first 15 characters: `TCGA-XX-XXXX-TT`; the patient alone where no type is given.
  package var sample: String { sampleType.map { "\(patient)-\($0)" } ?? patient }
}
