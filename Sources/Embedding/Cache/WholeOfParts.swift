import Problems

/// Parts in their order, of which it is known that they make a whole: all of it, each once, and nothing else.
struct WholeOfParts<Part> {
  /// At least one.
  let parts: [Part]

  /// `key` tells two wholes apart. Throws `EmbeddingError` `.part` where one is missing, there twice, or of another
  /// whole.
  init(_ given: [(part: Part, path: String?, shard: Shard, key: String)]) throws {
    guard let first = given.first else {
      throw EmbeddingError(.part, at: nil, "there are no parts to merge")
    }
    func name(_ path: String?, _ shard: Shard) -> String { path ?? "part \(shard)" }
    var found: [Int: (part: Part, name: String)] = [:]
    for (part, path, shard, key) in given {
      guard key == first.key, shard.count == first.shard.count else {
        throw EmbeddingError(
          .part, at: path.map { Place($0) },
          "is a part of another whole than \(name(first.path, first.shard)): the store, the model, the settings or the "
            + "number of parts differ",
          remedy: "merge the parts of one store that one model made with one set of options")
      }
      if let other = found.updateValue((part, name(path, shard)), forKey: shard.number) {
        throw EmbeddingError(
          .part, at: path.map { Place($0) }, "is part \(shard), as \(other.name) is", remedy: "name each part once")
      }
    }
    let missing = (1...first.shard.count).filter { found[$0] == nil }
    guard missing.isEmpty else {
      let shards = missing.map { "\($0)/\(first.shard.count)" }.joined(separator: ", ")
      throw EmbeddingError(
        .part, at: first.path.map { Place($0) }, "is one of \(first.shard.count) parts; \(shards) not given",
        remedy: "make them with --shard, and name them all")
    }
    parts = found.sorted { $0.key < $1.key }.map(\.value.part)
  }
}
