extension String {
  /// Whether it may be a slip for `other`.
  func isNear(_ other: String) -> Bool {
    let distance = editDistance(to: other)
    return distance <= 2 && distance < Swift.min(count, other.count)
  }

  /// Levenshtein's distance: the fewest insertions, deletions and substitutions that lead to `other`.
  func editDistance(to other: String) -> Int {
    let target = Array(other)
    var row = Array(0...target.count)
    for (i, character) in enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for j in target.indices {
        let substituted = diagonal + (character == target[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = Swift.min(substituted, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[target.count]
  }
}
