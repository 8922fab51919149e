/// The k smallest distances met so far, with whose they are.
struct NearestList {
  private let k: Int
  private var distances: [Double] = []
  private(set) var samples: [Int] = []

  init(_ k: Int) {
    self.k = k
    distances.reserveCapacity(k + 1)
    samples.reserveCapacity(k + 1)
  }

  /// The largest of them: infinity before there are k.
  var limit: Double { distances.count < k ? .infinity : distances.last ?? .infinity }

  /// Takes one more. Of equal distances the one that came first stays ahead.
  mutating func offer(_ distance: Double, of sample: Int) {
    guard distance < limit else { return }
    var position = distances.count
    while position > 0, distances[position - 1] > distance { position -= 1 }
    distances.insert(distance, at: position)
    samples.insert(sample, at: position)
    guard distances.count > k else { return }
    distances.removeLast()
    samples.removeLast()
  }

  mutating func removeAll() {
    distances.removeAll(keepingCapacity: true)
    samples.removeAll(keepingCapacity: true)
  }
}
