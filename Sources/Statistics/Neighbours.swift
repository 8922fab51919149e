import Matrices

/// The k nearest neighbours of samples by Euclidean distance; exact.
///
/// Neighbours of equal distance stand in the order of the samples, and no sample is its own neighbour.
package struct Neighbours: Sendable, Equatable {
  /// Which samples ask for neighbours, and which they may get.
  package struct Candidates: Sendable, Equatable {
    /// Samples without a label here neither ask nor answer; nil if all do.
    package var labelled: Labels?
    /// Only samples of another domain answer; nil if those of the own do too.
    package var across: Labels?

    package init(labelled: Labels? = nil, across: Labels? = nil) {
      self.labelled = labelled
      self.across = across
    }
  }

  package let k: Int
  package let candidates: Candidates
  /// Number of all samples, those included that neither ask nor answer.
  package let total: Int
  /// The samples that ask, ascending.
  package let samples: [Int]
  /// k neighbours for each of `samples`, the nearest first.
  package let indices: [Int]

  /// The neighbours of `samples[position]`.
  package func neighbours(at position: Int) -> ArraySlice<Int> { indices[position * k..<(position + 1) * k] }

  /// Finds neighbours once for each set of candidates, all from one pass over the distances.
  ///
  /// Throws `.tooFewSamples` where a sample has fewer than k candidates, `.mismatchedCounts`, and `.unlabelled` for a
  /// sample without a domain that asks across domains. O(samples^2 features).
  package static func find(
    in points: Points, k: Int, among candidates: [Candidates] = [Candidates()], lanes: Lanes = Lanes(1)
  ) throws(StatisticsError) -> [Neighbours] {
    var searches: [NeighbourSearch] = []
    for candidates in candidates { searches.append(try NeighbourSearch(points, k: k, candidates)) }
    let centred = CentredPoints(points)
    let height = blockHeight(points.samples)
    var products = [Float](repeating: 0, count: height * points.samples)
    for start in stride(from: 0, to: points.samples, by: height) {
      let rows = start..<min(points.samples, start + height)
      products.withUnsafeMutableBufferPointer { products in
        guard let products = products.baseAddress else { return }
        centred.writeProducts(of: rows, into: products, lanes: lanes)
        for search in searches.indices { searches[search].search(rows, products, points, centred, lanes) }
      }
    }
    return searches.map(\.result)
  }

  /// Rows of a block: enough for a matrix product at full speed, in at most some ten megabytes of products.
  private static func blockHeight(_ samples: Int) -> Int { max(2, min(256, (1 << 22) / max(1, samples))) }
}
