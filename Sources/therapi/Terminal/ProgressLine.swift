import Glibc
import Inspection
import Runs

/// The one line that shows how far a run is: what it reads, how much of it, the rate, and the time left.
struct ProgressLine {
  private let width: Int
  private var name = ""
  private var start = Duration.zero
  private var drawn: Duration?

  /// The shortest time between two drawings.
  private static let interval = Duration.milliseconds(100)

  /// `width` is that of the terminal, in columns.
  init(width: Int) { self.width = width }

  /// The line for a step, at a time from the run's start; nil if one was drawn just now.
  mutating func advance(_ step: RunStep, at now: Duration) -> String? {
    if step.name != name {
      (name, start, drawn) = (step.name, now, nil)
    }
    if let drawn, now - drawn < Self.interval { return nil }
    drawn = now
    let detail = step.detail.isEmpty ? "" : "  \(step.detail)"
    guard step.total > 0 else { return fitted(name, detail) }
    var tail = "  \(min(100, step.done * 100 / step.total)) %"
    let seconds = (now - start) / .seconds(1)
    // The rate of the first moments says nothing.
    if seconds >= 0.2, step.done > 0 {
      let rate = Double(step.done) / seconds
      let left = (Double(max(0, step.total - step.done)) / rate).rounded(.up)
      tail += "  \(Self.text(rate, step.unit))  \(Self.clock(left)) left"
    }
    return fitted(name, tail + detail)
  }

  /// `50 MB/s`, `3.1 epochs/s`, `120 samples/s`.
  private static func text(_ rate: Double, _ unit: RunStep.Unit) -> String {
    switch unit {
    case .bytes: "\(Int(rate / 1e6)) MB/s"
    case .things(let name): "\(rate < 10 ? "\((rate * 10).rounded() / 10)" : "\(Int(min(rate, 1e15)))") \(name)/s"
    }
  }

  /// The line for a step without a measure.
  mutating func begin(_ step: String, at now: Duration) -> String {
    (name, drawn) = ("", now)
    return fitted(step, " ...")
  }

  /// Takes a line that may stand on the terminal away.
  static func erase() { _ = Output.send("\r\u{1B}[K", to: STDERR_FILENO) }

  /// The end of a name tells more than its beginning.
  private func fitted(_ name: String, _ tail: String) -> String {
    let name = Sheet.printable(name)
    let room = max(8, width - 1 - tail.count)
    return (name.count <= room ? name : "..." + name.suffix(room - 3)) + tail
  }

  /// `0:07`, `12:30`, `1:02:03`.
  private static func clock(_ seconds: Double) -> String {
    guard seconds < 360_000 else { return "days" }
    let total = Int(seconds)
    let (hours, minutes, rest) = (total / 3600, total / 60 % 60, total % 60)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }
}
