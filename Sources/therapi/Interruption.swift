import Dispatch
import Glibc
import Synchronization

/// Ends the program on SIGINT and SIGTERM so that nothing half-written stays behind.
///
/// The first signal cancels the work, which then takes its temporary files away. Work that does not stop within a
/// second, or before a second signal, is killed; what it leaves is a `.NAME.partial`, which the next run takes over.
final class Interruption {
  private let sources: [any DispatchSourceSignal]
  private let received = Received()

  /// The signal that came first.
  private final class Received: Sendable {
    let number = Mutex<Int32?>(nil)
  }

  private static let grace = DispatchTimeInterval.seconds(1)

  init(of work: Task<Void, any Error>) {
    // A signal that the parent has us ignore, as nohup does, stays ignored.
    let received = received
    sources = [SIGINT, SIGTERM].filter { !Self.isIgnored($0) }.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        let isFirst = received.number.withLock { first in
          defer { first = first ?? number }
          return first == nil
        }
        guard isFirst else { return Self.end(by: number) }
        work.cancel()
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.grace) { Self.end(by: number) }
      }
      source.resume()
      return source
    }
  }

  /// Ends the process if a signal came while the work was done.
  func endIfReceived() {
    if let number = received.number.withLock(\.self) { Self.end(by: number) }
  }

  /// Ends the process as the signal would have ended it, so that a shell sees it.
  private static func end(by number: Int32) {
    if isatty(STDERR_FILENO) == 1 { ProgressLine.erase() }
    signal(number, SIG_DFL)
    kill(getpid(), number)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}
