/// How stores are embedded.
package struct RankOptions: Sendable {
  package var layer: RankLayer
  /// What the values are taken for in place of the store's unit.
  package var forcedUnit: String?
  /// Makes a block anew that is current.
  package var isForced: Bool
  package var shard: Shard?
  package var lanes: Int

  package init(
    layer: RankLayer = .secondToLast, forcedUnit: String? = nil, isForced: Bool = false, shard: Shard? = nil,
    lanes: Int = 2
  ) {
    (self.layer, self.forcedUnit, self.isForced) = (layer, forcedUnit, isForced)
    (self.shard, self.lanes) = (shard, lanes)
  }
}
