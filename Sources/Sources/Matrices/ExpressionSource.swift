import Genes
import Problems

/// A name that a gene goes by in a source; its kind is nil where the layout does not say.
package struct GeneIdentifier: Sendable, Equatable {
  package var kind: IdentifierKind?
  package var text: String

  package init(_ kind: IdentifierKind?, _ text: String) {
    self.kind = kind
    self.text = text
  }
}

/// A matrix of expression values, read once from front to back.
package enum ExpressionSource {
  case geneRows(any GeneRowSource)
  case sampleRows(any SampleRowSource)

  /// What the file itself says of its samples, by field, one value a sample.
  package var sampleFields: [String: [String]] {
    switch self {
    case .geneRows(let rows): rows.sampleFields
    case .sampleRows(let rows): rows.sampleFields
    }
  }
}

/// A matrix with one gene or probe a row.
package protocol GeneRowSource: AnyObject {
  var path: String { get }
  /// Names of the samples as the file writes them, in its order.
  var samples: [String] { get }
  /// Fields that the matrix holds of each sample beside its name.
  var sampleFields: [String: [String]] { get }
  /// Moves to the next row; false at the end, where the source has checked that it is whole.
  func advance() throws -> Bool
  /// What names the present row.
  var identifiers: [GeneIdentifier] { get }
  /// The one thing that names the present row, as UTF-8 that is valid until the next call; nil where there may be more.
  var onlyIdentifier: (kind: IdentifierKind?, text: UnsafeRawBufferPointer)? { get }
  /// Where the present row stands.
  var place: Place { get }
  /// Reads the present row, one value a sample, NaN where it is a gap.
  func values(into row: UnsafeMutableBufferPointer<Float>) throws
}

extension GeneRowSource {
  package var sampleFields: [String: [String]] { [:] }
  package var onlyIdentifier: (kind: IdentifierKind?, text: UnsafeRawBufferPointer)? { nil }
}

/// A matrix with one sample a row.
package protocol SampleRowSource: AnyObject {
  var path: String { get }
  /// What names each column of values.
  var genes: [[GeneIdentifier]] { get }
  /// Fields that the matrix holds of each sample beside its name.
  var sampleFields: [String: [String]] { get }
  /// Moves to the next row; false at the end.
  func advance() throws -> Bool
  /// Name of the present row's sample.
  var sample: String { get }
  var place: Place { get }
  /// Reads the values of `genes`, given as ascending positions, NaN where one is a gap.
  func values(of genes: [Int], into row: UnsafeMutableBufferPointer<Float>) throws
}

extension SampleRowSource {
  package var sampleFields: [String: [String]] { [:] }
}
