/// Where models write what they make of a cohort: a matrix in `obsm` or `layers`, or a column of `obs`.
package struct BlockPath: Sendable, Hashable, CustomStringConvertible {
  package enum Group: String, Sendable {
    /// One row a sample, any number of columns.
    case obsm
    /// The shape of X.
    case layers
    /// One number a sample.
    case obs
  }

  package let group: Group
  /// The block's own name, which its record has too.
  package let name: String

  package init(_ group: Group, _ name: String) {
    self.group = group
    self.name = name
  }

  /// Reads a path such as `obsm/X_therapi`; nil if it is not that of a block.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let group = Group(rawValue: parts[0]), !parts[1].isEmpty else { return nil }
    self.init(group, parts[1])
  }

  package var description: String { "\(group.rawValue)/\(name)" }

  /// The aligner's latents, samples x width.
  package static let latent = BlockPath(.obsm, "X_therapi")
  /// The aligner's weights of cell lines, samples x cell lines.
  package static let weights = BlockPath(.obsm, "therapi_weights")
  /// Expression aligned to cell lines, samples x genes.
  package static let aligned = BlockPath(.layers, "aligned")
  /// Heterogeneity of a sample's weights.
  package static let heterogeneity = BlockPath(.obs, "heterogeneity")
  /// Means of a rank model's tokens, samples x width.
  package static let rank = BlockPath(.obsm, "X_geneformer")

  /// What to do about a block that cannot be used.
  var remedy: String {
    switch self {
    case .latent, .weights, .aligned, .heterogeneity: "run `therapi align` again with this store"
    case .rank: "run `therapi embed rank` again with this store"
    default: "make it again with the program that made it"
    }
  }
}
