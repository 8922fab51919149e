/// Names of groups beside what stands for them, one below the other.
struct Legend {
  enum Key {
    case mark(Mark)
    case line(Ink)
  }

  private let title: String
  private let entries: [(key: Key, label: String)]

  private static let lineHeight = 18.0
  private static let longest = 190.0

  init(_ title: String = "", _ entries: [(key: Key, label: String)]) {
    self.title = title
    self.entries = entries.map {
      ($0.key, TextMeasure.fitted($0.label, size: Drawing.tickSize, width: Self.longest))
    }
  }

  /// 0 for none.
  var width: Double {
    guard !entries.isEmpty else { return 0 }
    let labels = entries.map { TextMeasure.width(of: $0.label, size: Drawing.tickSize) + 30 }
    return max(labels.max() ?? 0, TextMeasure.width(of: title, size: Drawing.labelSize)) + 18
  }

  var height: Double { Double(entries.count + (title.isEmpty ? 0 : 1)) * Self.lineHeight }

  func draw(in drawing: inout Drawing, at corner: Point) {
    guard !entries.isEmpty else { return }
    var down = corner.y + 12
    if !title.isEmpty {
      drawing.text(title, at: Point(corner.x, down), isBold: true)
      down += Self.lineHeight
    }
    for (key, label) in entries {
      switch key {
      case .mark(let mark): drawing.marks([Point(corner.x + 10, down - 4)], mark, radius: 4)
      case .line(let ink): drawing.line(Point(corner.x, down - 4), Point(corner.x + 22, down - 4), ink)
      }
      drawing.text(label, at: Point(corner.x + 28, down), size: Drawing.tickSize)
      down += Self.lineHeight
    }
  }
}
