import Foundation

/// Numbers of tests as figures say them.
enum TestWords {
  /// `p = 0.012`, `p < 0.0001`.
  static func probability(_ p: Double, name: String = "p") -> String {
    p < 0.0001 ? "\(name) < 0.0001" : "\(name) = \(p < 0.1 ? String(format: "%.2g", p) : fixed(p, 2))"
  }

  static func fixed(_ number: Double, _ decimals: Int) -> String { String(format: "%.\(decimals)f", number) }
}
