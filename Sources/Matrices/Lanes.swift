import COpenBLAS
import Glibc
import Synchronization

/// Runs work that is cut in two: the caller does the first part, and a thread that waits for such work the second.
///
/// The cut is where the work says, never where the threads are: one lane and two give the same bits. What the other
/// thread has not begun when the caller is through, the caller does too, so a busy neighbour costs little. A fork and
/// join takes about half a microsecond. One thread at a time may call.
package final class Lanes {
  /// 1: the caller does both parts.
  package let count: Int
  private let crew: Crew?

  /// One lane or two.
  package init(_ count: Int = 2) {
    precondition((1...2).contains(count), "\(count) lanes")
    self.count = count
    crew = count == 2 ? Crew() : nil
    crew?.start()
  }

  deinit { crew?.stop() }

  /// Runs `body` for part 0 and for part 1, and returns when both are done; the caller does both where the work is
  /// too small to be worth a fork.
  package func fork(isWorthIt: Bool = true, _ body: (Int) -> Void) {
    guard let crew, isWorthIt else {
      body(0)
      body(1)
      return
    }
    withoutActuallyEscaping(body) { crew.run($0) }
  }

  /// Runs `body` over all of `0..<count`, in two parts of which the first is a multiple of 16; in one where the
  /// count is below `least`. Only for work whose parts do not depend on each other.
  package func split(_ count: Int, least: Int, _ body: (Range<Int>) -> Void) {
    guard count >= least, count >= 32 else { return body(0..<count) }
    let middle = Lanes.middle(of: count)
    fork { body($0 == 0 ? 0..<middle : middle..<count) }
  }

  /// Where work of this size is cut: the multiple of 16 nearest to its half.
  package static func middle(of count: Int) -> Int { min(count, (count / 2 + 8) / 16 * 16) }
}

/// The thread that waits for second parts, and what passes between it and the caller.
private final class Crew: @unchecked Sendable {
  /// Twice the number of the work posted last, plus one once its second part is claimed.
  private let posted = Atomic<Int>(0)
  /// Number of the last work whose second part the thread has done.
  private let done = Atomic<Int>(0)
  private let isAsleep = Atomic<Bool>(false)
  private let isStopped = Atomic<Bool>(false)
  /// Written before `posted`, read by whoever claims it.
  private var work: ((Int) -> Void)?
  private var number = 0
  private var thread = pthread_t()
  private let bell = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  private static let spins = 4_000
  private static let yields = 200

  init() { sem_init(bell, 0, 0) }

  deinit {
    sem_destroy(bell)
    bell.deallocate()
  }

  func start() {
    let own = Unmanaged.passRetained(self)
    let code = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Crew>.fromOpaque(argument).takeRetainedValue().serve()
        return nil
      }, own.toOpaque())
    precondition(code == 0, "pthread_create gave \(code)")
  }

  func stop() {
    isStopped.store(true, ordering: .sequentiallyConsistent)
    if isAsleep.exchange(false, ordering: .sequentiallyConsistent) { sem_post(bell) }
    pthread_join(thread, nil)
  }

  func run(_ body: @escaping (Int) -> Void) {
    precondition(work == nil, "a fork inside a fork, or two threads that fork at once")
    number += 1
    work = body
    posted.store(2 * number, ordering: .sequentiallyConsistent)
    if isAsleep.exchange(false, ordering: .sequentiallyConsistent) { sem_post(bell) }
    body(0)
    if claim(number) {
      body(1)
    } else {
      wait { done.load(ordering: .acquiring) == number }
    }
    work = nil
  }

  private func claim(_ number: Int) -> Bool {
    posted.compareExchange(expected: 2 * number, desired: 2 * number + 1, ordering: .sequentiallyConsistent).exchanged
  }

  private func serve() {
    while !isStopped.load(ordering: .acquiring) {
      let value = posted.load(ordering: .acquiring)
      if value > 0, value % 2 == 0, claim(value / 2) {
        runSecond()
        done.store(value / 2, ordering: .releasing)
        continue
      }
      if !wait(atMost: Crew.yields, until: { self.hasNews(since: value) }) { sleep(value) }
    }
  }

  /// A function of its own, so that the work is let go before the caller hears that it is done.
  @inline(never)
  private func runSecond() { work?(1) }

  /// Sequentially consistent, as in `sleep` these loads must not pass the store before them: the caller would find the
  /// thread awake, the thread nothing to do, and neither would look again.
  private func hasNews(since value: Int) -> Bool {
    let now = posted.load(ordering: .sequentiallyConsistent)
    return (now != value && now % 2 == 0) || isStopped.load(ordering: .sequentiallyConsistent)
  }

  /// Sleeps until the bell rings, unless there is work already.
  private func sleep(_ value: Int) {
    isAsleep.store(true, ordering: .sequentiallyConsistent)
    if hasNews(since: value), isAsleep.exchange(false, ordering: .sequentiallyConsistent) { return }
    while sem_wait(bell) != 0 {}
  }

  /// Spins for some microseconds, then gives the processor away between looks; false where that was in vain.
  @discardableResult
  private func wait(atMost yields: Int = .max, until isOver: () -> Bool) -> Bool {
    for _ in 0..<Crew.spins {
      if isOver() { return true }
      COpenBLAS_pause()
    }
    var left = yields
    while left > 0 {
      if isOver() { return true }
      sched_yield()
      left -= 1
    }
    return false
  }
}
