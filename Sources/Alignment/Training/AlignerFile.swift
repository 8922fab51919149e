import Files
import Formats
import Matrices
import Networks
import Problems
import Randomness

/// A trained aligner with all that mapping a new cohort takes: its networks, its cell lines, the genes that it works
/// on, and the scale that patients are brought to.
package struct AlignerFile: Sendable {
  package let header: AlignerHeader
  private let file: SafetensorsFile
  /// Fingerprint of the tensors, in hexadecimal digits.
  package let model: String

  private enum Name {
    static let genes = "shared_genes"
    static let lineTissues = "source.tissues"
    static let lineExpression = "source.expression"
    static let lineLatent = "source.latent"
    static let targetMean = "target.mean"
    static let targetDeviation = "target.deviation"
  }

  /// From a finished training; `domains` are those of its data.
  package init(_ training: AlignerTraining, _ domains: AlignmentDomains, header: AlignerHeader) throws {
    var tensors = training.parameters
    let latents = training.sourceLatents()
    tensors[Name.lineLatent] = Safetensor(shape: latents.shape, latents.values)
    let (lines, genes) = (domains.source.samples.count, domains.sharedGenes.count)
    tensors[Name.lineExpression] = Safetensor(shape: [lines, genes], domains.sourceExpression.values)
    tensors[Name.lineTissues] = Safetensor(shape: [lines], values: .integers(domains.source.tissues.map(Int64.init)))
    tensors[Name.genes] = Safetensor(shape: [genes], values: .integers(domains.sharedGenes.map { $0 ? 1 : 0 }))
    if case .perGene(let mean, let deviation) = domains.targetScaling {
      tensors[Name.targetMean] = Safetensor(shape: [genes], values: .doubles(mean))
      tensors[Name.targetDeviation] = Safetensor(shape: [genes], values: .doubles(deviation))
    }
    self.header = header
    file = SafetensorsFile(metadata: try header.metadata, tensors: tensors)
    model = file.fingerprint
  }

  /// Reads a file that `write` wrote; `FormatError` or `AlignmentError`, before any of it is used, where it is something
  /// else.
  package init(reading path: String) throws {
    file = try SafetensorsFile(reading: path)
    header = try AlignerHeader(file)
    model = file.fingerprint
    try check()
  }

  /// Writes the file as a whole or not at all.
  package func write(to path: String) throws { try file.write(to: path) }

  /// Throws where a tensor is missing, of another shape, or names what the header does not.
  private func check() throws {
    let genes = try sharedGenes.count
    guard !header.cellLines.isEmpty else {
      throw AlignmentError(
        .checkpoint, at: Place(file.path ?? "checkpoint", field: AlignerHeader.Key.cellLines.rawValue),
        "names no cell line",
        remedy: "take a file that therapi align wrote")
    }
    // Before networks of these sizes are made.
    _ = try file.floats("centers", shape: [header.tissues.count, header.settings.latentSize])
    _ = try file.floats("source_AE.encoder.0.weight", shape: [256, genes])
    _ = try map(lanes: Lanes(1))
    let tissues = try file.integers(Name.lineTissues, count: header.cellLines.count)
    guard tissues.allSatisfy({ header.tissues.indices.contains(Int($0)) }) else {
      throw AlignmentError(
        .checkpoint, at: Place(file.path ?? "checkpoint", field: Name.lineTissues), "names a tissue that there is not",
        remedy: "take a file that therapi align wrote")
    }
    if header.settings.standardisation == .perGeneAndDomain {
      for name in [Name.targetMean, Name.targetDeviation] { _ = try file.doubles(name, count: genes) }
    }
  }

  /// One a gene: whether both sides of the training measured it.
  package var sharedGenes: [Bool] {
    get throws { try file.integers(Name.genes).map { $0 != 0 } }
  }

  /// One a cell line: its tissue's place in the header's tissues.
  package var lineTissues: [Int] {
    get throws { try file.integers(Name.lineTissues).map(Int.init) }
  }

  /// How expression of patients comes to the scale of the training.
  package var targetScaling: ExpressionScaling {
    get throws {
      switch header.settings.standardisation {
      case .refuseMixed, .asIs: return .asIs
      case .perSample: return .perSample
      case .perGeneAndDomain:
        let genes = try sharedGenes.count
        return .perGene(
          mean: try file.doubles(Name.targetMean, count: genes),
          deviation: try file.doubles(Name.targetDeviation, count: genes))
      }
    }
  }

  /// Latents of the cell lines, lines x latent, row after row.
  package var lineLatents: [Float] {
    get throws { try file.floats(Name.lineLatent, shape: [header.cellLines.count, header.settings.latentSize]) }
  }

  /// What maps patients; throws where a tensor is missing or of another shape.
  package func map(lanes: Lanes) throws -> AlignmentMap {
    let settings = header.settings
    let (genes, lines) = (try sharedGenes.count, header.cellLines.count)
    let pool = BufferPool()
    var random = SeededRandom(seed: 0)
    let shape = Aligner.Shape(
      genes: genes, tissues: header.tissues.count, latent: settings.latentSize,
      hasClassifiers: settings.hasClassifiers)
    let aligner = Aligner(shape, pool: pool, using: &random)
    for parameter in aligner.parameters + [aligner.centers] { try parameter.fill(from: file, parameter.name) }
    return AlignmentMap(
      aligner, scale: AlignerObjective(settings).scoreScale(latent: settings.latentSize),
      latents: Tensor([lines, settings.latentSize], try lineLatents, pool: pool),
      expression: Tensor(
        [lines, genes], try file.floats(Name.lineExpression, shape: [lines, genes]), pool: pool),
      lanes: lanes, pool: pool)
  }
}

extension SafetensorsFile {
  /// A list of integers; of any length where `count` is nil.
  func integers(_ name: String, count: Int? = nil) throws -> [Int64] {
    let tensor = try tensor(name)
    guard tensor.shape == [count ?? tensor.values.count], case .integers(let values) = tensor.values else {
      throw otherKind(name, "integers", count)
    }
    return values
  }

  func doubles(_ name: String, count: Int) throws -> [Double] {
    let tensor = try tensor(name)
    guard tensor.shape == [count], case .doubles(let values) = tensor.values else {
      throw otherKind(name, "doubles", count)
    }
    return values
  }

  private func otherKind(_ name: String, _ kind: String, _ count: Int?) -> FormatError {
    FormatError(
      .wrongFormat, at: Place(path ?? "checkpoint", field: name),
      "is no list of \(count.map { "\($0) " } ?? "")\(kind)", remedy: "take a file that therapi align wrote")
  }
}

extension Parameter {
  /// Takes the numbers of a tensor of the same shape.
  func fill(from file: SafetensorsFile, _ name: String) throws {
    value.fill(try file.floats(name, shape: value.shape))
  }
}
