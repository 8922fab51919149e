/// One cohort as its store holds it: samples x landmark genes with what is known of both.
package struct Cohort: Sendable {
  /// Samples x genes.
  package var x: Matrix
  /// One row a sample.
  package var obs: Frame
  /// One row a gene, in landmark order.
  package var genes: Frame
  /// Matrices of the shape of `x`, by name.
  package var layers: [String: Matrix] = [:]
  /// Matrices with one row a sample, by name.
  package var obsm: [String: Matrix] = [:]
  /// Everything else, by name: responses, drugs, expression, provenance, embeddings.
  package var uns: [String: StoreValue] = [:]

  package init(x: Matrix, obs: Frame, genes: Frame) {
    self.x = x
    self.obs = obs
    self.genes = genes
  }
}
