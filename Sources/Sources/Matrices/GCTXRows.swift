import Formats
import Genes
import Problems
final class GCTXRows: GeneRowSource {
  let path = ""; let samples: [String] = []; var place: Place { Place(path) }
  init(_ input: InputFile, kind: IdentifierKind?) throws { }
  func advance() throws -> Bool { false }
  var identifiers: [GeneIdentifier] { [] }
  func values(into row: UnsafeMutableBufferPointer<Float>) throws {}
}
