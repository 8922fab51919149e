/// The part of a store that is handed on.
package enum ExportSubject: Sendable, Equatable {
  /// X, samples x genes.
  case x
  /// A matrix of the shape of X.
  case layer(String)
  /// A matrix with one row a sample, such as an embedding.
  case obsm(String)
  /// The table of samples.
  case obs
  /// The table of genes.
  case genes
  /// The table of drug responses.
  case responses

  package var isTable: Bool {
    switch self {
    case .x, .layer, .obsm: false
    case .obs, .genes, .responses: true
    }
  }

  /// The word that stands for it in the name of a file; nil for X.
  package var word: String? {
    switch self {
    case .x: nil
    case .layer(let name), .obsm(let name): name
    case .obs: "obs"
    case .genes: "var"
    case .responses: "responses"
    }
  }

  /// Path of the matrix or table in a store.
  var object: String {
    switch self {
    case .x: "X"
    case .layer(let name): "layers/\(name)"
    case .obsm(let name): "obsm/\(name)"
    case .obs: "obs"
    case .genes: "var"
    case .responses: "uns/responses"
    }
  }
}
