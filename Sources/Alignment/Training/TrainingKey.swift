import Cohorts
import Files

/// What tells two trainings apart: SHA-256 of all that their checkpoints depend on, from settings and names to every
/// number.
struct TrainingKey {
  let sha256: String

  /// `header` is that of the training; the program's version in it does not count, nor does its own key or curve.
  init(_ header: AlignerHeader, _ domains: AlignmentDomains, _ data: AlignerData) throws {
    var header = header
    (header.key, header.toolVersion, header.curve) = ("", "", TrainingCurve())
    var sum = SHA256()
    for (name, text) in try header.metadata.sorted(by: { $0.key < $1.key }) { sum.update([name, text]) }
    for domain in [data.source, data.target] {
      sum.update(["\(domain.rows.count) samples of \(data.genes) genes"])
      domain.tissues.withUnsafeBytes { sum.update($0) }
      for row in domain.rows {
        domain.x[(row * data.genes)..<((row + 1) * data.genes)].withUnsafeBytes { sum.update($0) }
      }
    }
    domains.sharedGenes.withUnsafeBytes { sum.update($0) }
    domains.sourceExpression.values.withUnsafeBytes { sum.update($0) }
    if case .perGene(let mean, let deviation) = domains.targetScaling {
      mean.withUnsafeBytes { sum.update($0) }
      deviation.withUnsafeBytes { sum.update($0) }
    }
    sha256 = sum.hex()
  }
}

extension SHA256 {
  /// Texts with their lengths, so that none can stand for two.
  fileprivate mutating func update(_ texts: [String]) {
    for text in texts { Array("\(text.utf8.count) \(text)\n".utf8).withUnsafeBytes { update($0) } }
  }
}
