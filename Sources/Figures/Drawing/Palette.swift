/// Eight colours that the colour-blind tell apart (Okabe and Ito, Color Universal Design, 2008), blue first.
enum Palette {
  static let colours = [
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#F0E442",
  ]

  static func colour(_ number: Int) -> String { colours[number % colours.count] }

  /// Strokes and gaps of the nth line, for print without colour: 32 lines differ in them or in colour.
  static func dashes(_ number: Int) -> String? {
    [nil, "6 3", "2 3", "8 3 2 3"][(number + number / colours.count) % 4]
  }
}
