/// The names of a store's members, the only ones that may stand at its root, and of what models look at below them.
enum Member {
  static let x = "X"
  static let obs = "obs"
  static let genes = "var"
  static let layers = "layers"
  static let obsm = "obsm"
  static let uns = "uns"
  /// Members that therapi writes empty, because readers expect them.
  static let empty = ["obsp", "varm", "varp"]
  static let all: Set<String> = [x, obs, genes, layers, obsm, uns, "obsp", "varm", "varp", "raw"]

  /// Column of `var`: whether the source measured the gene.
  static let measured = "measured"

  // Paths below `uns`.

  /// The unit of X, such as `log2(TPM + 1)`.
  static let unit = "expression/unit"
  /// How many genes the panel has.
  static let panelSize = "expression/genes"
  /// SHA-256 of the panel's genes in their order.
  static let panelOrder = "therapi/panel_order"
  /// The records of cached blocks, each under the block's own name.
  static let embeddings = "embeddings"
}
