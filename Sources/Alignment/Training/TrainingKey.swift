import Files

/// What tells two trainings apart: SHA-256 of the settings and of every number that trains.
struct TrainingKey {
  let sha256: String

  init(_ data: AlignerData, _ settings: AlignerSettings) {
    var sum = SHA256()
    for (name, value) in settings.header.sorted(by: { $0.key < $1.key }) { sum.update("\(name)=\(value)\n") }
    sum.update("\(data.genes) genes, \(data.tissues) tissues\n")
    for domain in [data.source, data.target] {
      sum.update("\(domain.rows.count) samples\n")
      domain.tissues.withUnsafeBytes { sum.update($0) }
      for row in domain.rows {
        domain.x[(row * data.genes)..<((row + 1) * data.genes)].withUnsafeBytes { sum.update($0) }
      }
    }
    sha256 = sum.hex()
  }
}

extension SHA256 {
  fileprivate mutating func update(_ text: String) { Array(text.utf8).withUnsafeBytes { update($0) } }
}
