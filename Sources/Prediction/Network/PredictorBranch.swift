/// What a response is predicted from, in the order in which the branches' results stand side by side.
package enum PredictorBranch: String, Sendable, Codable, CaseIterable {
  /// Expression after the drug, a row a pair.
  case perturbation
  /// The sample's rank embedding, a row a sample.
  case rank
  /// The drug's compound embedding, a row a drug.
  case drug

  /// The name of its layers in PyTorch.
  var layers: String {
    switch self {
    case .perturbation: "predictor.emb_fc"
    case .rank: "predictor.genef_fc"
    case .drug: "predictor.chemical_fc"
    }
  }
}
