import Foundation
import Glibc

/// Reads a source on a thread of its own, a few blocks ahead, so that inflating and parsing run side by side.
package final class Readahead {
  private let shared: SharedBlocks
  private var current: UnsafeMutableRawBufferPointer?

  /// `blockSize` bytes a block, `blocks` of them in memory at most. A thread that gives way leaves the processor to
  /// those that have more to do; it gets its turn while they wait for it.
  package init(
    _ source: sending any ByteSource, blockSize: Int = 1 << 20, blocks: Int = 8, givesWay: Bool = false
  ) {
    precondition(blockSize > 0 && blocks > 1, "\(blocks) blocks of \(blockSize) bytes")
    let shared = SharedBlocks(source: source, blockSize: blockSize, blocks: blocks)
    self.shared = shared
    let thread = Thread {
      // On Linux a process with the number 0 is the calling thread alone.
      if givesWay { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10) }
      shared.fill()
    }
    thread.name = "therapi.readahead"
    thread.start()
  }

  deinit { shared.cancel() }

  /// The next block, never empty, or nil at the end; valid until the next call. Throws what the source threw.
  package func next() throws -> UnsafeRawBufferPointer? {
    let taken = try shared.take(returning: current)
    current = taken?.block
    return taken.map { UnsafeRawBufferPointer(rebasing: $0.block[..<$0.count]) }
  }
}

/// The blocks that go back and forth between the reading thread and its consumer; every field is guarded by `turn`,
/// but for `source`, which only the reading thread touches.
private final class SharedBlocks: @unchecked Sendable {
  private let turn = NSCondition()
  private let source: any ByteSource
  private let storage: UnsafeMutableRawBufferPointer
  private var free: [UnsafeMutableRawBufferPointer]
  private var filled: [(block: UnsafeMutableRawBufferPointer, count: Int)] = []
  private var ended = false
  private var cancelled = false
  private var failure: (any Error)?

  init(source: any ByteSource, blockSize: Int, blocks: Int) {
    self.source = source
    storage = Self.storage(blockSize * blocks)
    let storage = storage
    free = (0..<blocks).map { .init(rebasing: storage[($0 * blockSize)..<(($0 + 1) * blockSize)]) }
  }

  deinit { storage.deallocate() }

  /// In large pages where there is room for them: a hundredth of the faults when the memory is first written to.
  private static func storage(_ count: Int) -> UnsafeMutableRawBufferPointer {
    let largePage = 2 << 20
    guard count >= largePage else { return .allocate(byteCount: count, alignment: 64) }
    let storage = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: largePage)
    madvise(storage.baseAddress, count, MADV_HUGEPAGE)
    return storage
  }

  func fill() {
    while let block = takeFree() {
      var count = 0
      do {
        while count < block.count {
          let more = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: block[count...]))
          if more == 0 { return end(with: block, count: count, failure: nil) }
          count += more
        }
        turn.withLock {
          filled.append((block, count))
          turn.signal()
        }
      } catch {
        // What was read before the failure is still handed over, so that an earlier fault in it is found first.
        return end(with: block, count: count, failure: error)
      }
    }
  }

  private func takeFree() -> UnsafeMutableRawBufferPointer? {
    turn.withLock {
      while free.isEmpty, !cancelled { turn.wait() }
      return cancelled ? nil : free.removeLast()
    }
  }

  private func end(with block: UnsafeMutableRawBufferPointer, count: Int, failure: (any Error)?) {
    turn.withLock {
      if count > 0 { filled.append((block, count)) }
      self.failure = failure
      ended = true
      turn.signal()
    }
  }

  func take(
    returning spent: UnsafeMutableRawBufferPointer?
  ) throws -> (block: UnsafeMutableRawBufferPointer, count: Int)? {
    turn.lock()
    defer { turn.unlock() }
    if let spent {
      free.append(spent)
      turn.signal()
    }
    while filled.isEmpty, !ended { turn.wait() }
    if !filled.isEmpty { return filled.removeFirst() }
    if let failure { throw failure }
    return nil
  }

  func cancel() {
    turn.withLock {
      cancelled = true
      turn.signal()
    }
  }
}
