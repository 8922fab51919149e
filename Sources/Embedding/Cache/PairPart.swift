import Cohorts
import Problems

/// Some of the pairs of a store of pairs, as a store of its own: what `--shard` writes and `merge` joins.
package struct PairPart: Sendable {
  let store: CohortStore
  let shard: Shard
  /// SHA-256 of all that the pairs depend on.
  let key: String

  /// Name of the part's file beside the store of pairs: `NAME.pairs.2-of-5.part`.
  package static func path(of output: String, _ shard: Shard) -> String {
    let stem = output.hasSuffix(".h5ad") ? String(output.dropLast(5)) : output
    return "\(stem).\(shard.number)-of-\(shard.count).part"
  }

  /// Reads a part; `StoreError` where the file is damaged, `.part` where it is something else.
  init(reading path: String) throws {
    let store = try CohortStore(path)
    func text(_ member: String) throws -> String? {
      guard case .string(let text) = try store.value(at: "\(PairStore.record)/\(member)") else { return nil }
      return text
    }
    guard let shard = try text(PairStore.shardMember).flatMap({ Shard($0) }), let key = try text(PairStore.keyMember)
    else {
      throw EmbeddingError(
        .part, at: Place(path, object: "/uns/\(PairStore.record)"), "says of no part of pairs what it is",
        remedy: "take the files that --shard wrote, as they were written")
    }
    (self.store, self.shard, self.key) = (store, shard, key)
  }
}
