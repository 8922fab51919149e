import Glibc

/// An axis: values, their positions in the picture, and round numbers for its ticks.
struct Scale {
  struct Tick: Equatable {
    var value: Double
    var label: String
  }

  let low: Double
  let high: Double
  let ticks: [Tick]
  private var start = 0.0
  private var end = 1.0

  /// From one tick to another, around all values; [0, 1] where there are none.
  init(covering values: some Sequence<Double>, about count: Int = 5) {
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values where value.isDrawable { (low, high) = (min(low, value), max(high, value)) }
    if low > high { (low, high) = (0, 1) }
    // Less than a billionth of the numbers themselves is no span that ticks could tell.
    if high - low <= 1e-9 * max(abs(low), abs(high)) || high == low {
      let margin = low == 0 ? 1 : abs(low) / 10
      (low, high) = (low - margin, high + margin)
    }
    let step = Self.step(for: high - low, about: count)
    self.init(from: (low / step + 1e-9).rounded(.down) * step, to: (high / step - 1e-9).rounded(.up) * step, step)
  }

  /// From `low` to `high`, which are multiples of the step between the ticks.
  init(from low: Double, to high: Double, _ step: Double) {
    (self.low, self.high) = (low, high)
    let decimals = max(0, -Int((log10(step) + 1e-9).rounded(.down)))
    ticks = (0...Int(((high - low) / step).rounded())).map { number in
      let value = low + Double(number) * step
      let clean = abs(value) < step / 1e6 ? 0 : value
      return Tick(value: clean, label: NumberText.label(clean, decimals: decimals))
    }
  }

  /// 1, 2 or 5 times a power of ten.
  static func step(for span: Double, about count: Int) -> Double {
    let rough = span / Double(count)
    let power = pow(10, log10(rough).rounded(.down))
    let lead = rough / power
    return (lead < 1.5 ? 1 : lead < 3 ? 2 : lead < 7 ? 5 : 10) * power
  }

  /// The same between two positions of the picture.
  func placed(from start: Double, to end: Double) -> Scale {
    var scale = self
    (scale.start, scale.end) = (start, end)
    return scale
  }

  /// Where a value stands; one beyond the axis at its end.
  func position(_ value: Double) -> Double {
    let share = min(1, max(0, (value - low) / (high - low)))
    return start + share * (end - start)
  }

  /// The room to the right of a horizontal axis that the last label needs.
  var overhang: Double {
    max(24, TextMeasure.width(of: ticks.last?.label ?? "", size: Drawing.tickSize) / 2 + 6)
  }

  /// The room that the labels of a vertical axis need.
  var labelWidth: Double {
    ticks.map { TextMeasure.width(of: $0.label, size: Drawing.tickSize) }.max() ?? 0
  }
}
