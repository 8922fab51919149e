import Glibc
import Runs
import Synchronization

/// Draws the progress of a run as one line of standard error, which is a terminal.
final class TerminalProgress: RunProgress, Sendable {
  private struct State {
    var line: ProgressLine
    var isShown = false
  }

  private let state: Mutex<State>
  private let start = ContinuousClock.now

  init() {
    var size = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 20
    state = Mutex(State(line: ProgressLine(width: isKnown ? Int(size.ws_col) : 80)))
  }

  deinit { clear() }

  func advance(_ step: RunStep) {
    let now = ContinuousClock.now - start
    state.withLock { state in
      if let text = state.line.advance(step, at: now) { Self.draw(text, &state) }
    }
  }

  func begin(_ step: String) {
    let now = ContinuousClock.now - start
    state.withLock { state in Self.draw(state.line.begin(step, at: now), &state) }
  }

  /// Takes the line away, so that something else can be written; the next report draws it again.
  func clear() {
    state.withLock { state in
      if state.isShown { ProgressLine.erase() }
      state.isShown = false
    }
  }

  private static func draw(_ text: String, _ state: inout State) {
    _ = Output.send("\r\(text)\u{1B}[K", to: STDERR_FILENO)
    state.isShown = true
  }
}
