import Foundation

/// Small pictures within a line of text; the numbers they show stand beside them.
enum Drawing {
  private static let width = 120.0

  /// A bar of a share between 0 and 1.
  static func bar(_ share: Double) -> String {
    "<span class=\"bar\" aria-hidden=\"true\"><span style=\"width:\(number(100 * min(max(share, 0), 1)))%\"></span></span>"
  }

  /// A box of five order statistics on a line between two ends.
  static func box(_ five: [Double], from low: Double, to high: Double) -> String {
    precondition(five.count == 5, "\(five.count) order statistics")
    let x = five.map { place($0, low, high) }
    return svg(
      "<line x1=\"\(number(x[0]))\" x2=\"\(number(x[4]))\" y1=\"8\" y2=\"8\" class=\"whisker\" />"
        + "<rect x=\"\(number(x[1]))\" y=\"3\" width=\"\(number(max(1, x[3] - x[1])))\" height=\"10\" class=\"box\" />"
        + "<line x1=\"\(number(x[2]))\" x2=\"\(number(x[2]))\" y1=\"2\" y2=\"14\" class=\"middle\" />")
  }

  /// A ratio with its interval between 0.1 and 10, by its logarithm.
  static func ratio(_ ratio: Double, from low: Double, to high: Double) -> String {
    let x = [low, ratio, high].map { place(log10(max($0, 1e-9)), -1, 1) }
    return svg(
      "<line x1=\"60\" x2=\"60\" y1=\"0\" y2=\"16\" class=\"rule\" />"
        + "<line x1=\"\(number(x[0]))\" x2=\"\(number(x[2]))\" y1=\"8\" y2=\"8\" class=\"whisker\" />"
        + "<circle cx=\"\(number(x[1]))\" cy=\"8\" r=\"4\" class=\"dot\" />")
  }

  private static func place(_ value: Double, _ low: Double, _ high: Double) -> Double {
    guard high > low else { return width / 2 }
    return 4 + (width - 8) * min(max((value - low) / (high - low), 0), 1)
  }

  private static func number(_ value: Double) -> String { String(format: "%.1f", value) }

  private static func svg(_ content: String) -> String {
    "<svg class=\"small\" width=\"120\" height=\"16\" viewBox=\"0 0 120 16\" aria-hidden=\"true\">\(content)</svg>"
  }
}
