/// A block that a model wrote into a store, or the record of one, and whether it may be used.
package struct CachedBlock: Sendable, Equatable {
  package enum State: Sendable, Equatable {
    /// The block is what its record says, of this store as it is now.
    case current
    /// The store or the model is no longer what the block was made with; the reason as a clause.
    case stale(String)
    /// A block in `obsm` or `layers` without a record.
    case unrecorded
    /// A record without a block.
    case missing
    /// Nothing that was looked at is wrong, but X was not compared.
    case unchecked
  }

  package let path: BlockPath
  /// nil if there is none, or none that can be read.
  package let record: BlockRecord?
  package let state: State
}
