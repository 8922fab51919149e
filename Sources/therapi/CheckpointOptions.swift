import ArgumentParser
import Embedding

/// What the tensors of a CSG2A checkpoint do not tell; nothing of it is asked for with a file that therapi trained.
struct CheckpointOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The genes of a CSG2A checkpoint, one a line, in its order.", valueName: "file"))
  var genes: String?

  @Option(help: ArgumentHelp("STRING's links between genes: a table with source and target.", valueName: "file"))
  var links: String?

  @Option(help: "Attention heads of a CSG2A checkpoint, which its tensors do not tell.")
  var heads = PerturbationNetwork.Shape.published.transformer.heads

  func validate() throws {
    guard (genes == nil) == (links == nil) else { throw ValidationError("--genes and --links go together.") }
    guard heads > 0 else { throw ValidationError("--heads must be above 0.") }
  }

  /// The perturbation model of a file of either kind.
  func read(_ path: String) throws -> PerturbationModel {
    guard let genes, let links else { return try PerturbationModel(reading: path) }
    return try PerturbationModel(importing: path, genes: genes, links: links, heads: heads)
  }
}
