/// Control of the false discovery rate by Benjamini and Hochberg (1995, doi:10.1111/j.2517-6161.1995.tb02031.x).
package enum FalseDiscovery {
  /// q-values in the order of the p-values: the least rate at which each is a discovery. nil stays nil and is not
  /// counted among the tests.
  package static func qValues(_ p: [Double?]) -> [Double?] {
    let known = p.indices.compactMap { place in p[place].map { (place: place, p: $0) } }.sorted { $0.p < $1.p }
    var values = [Double?](repeating: nil, count: p.count)
    var least = 1.0
    for (rank, test) in known.enumerated().reversed() {
      least = min(least, test.p * Double(known.count) / Double(rank + 1))
      values[test.place] = least
    }
    return values
  }
}
