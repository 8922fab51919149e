import Genes

extension GeneListInspection {
  /// How many identifiers that are no landmarks the page shows.
  private static let shown = 20

  /// The inspection as a page for people.
  package var text: String {
    var sheet = Sheet()
    let others = otherRows > 0 ? ", beside \(Wording.count(otherRows)) that the table does not call landmarks" : ""
    sheet.line("\(path): \(Wording.count(rows, "identifier")) (\(form))\(others)")
    sheet.entry(
      "matched", "\(Wording.count(matched)), which are \(Wording.count(landmarks)) of \(LandmarkPanel.count) landmarks")
    sheet.entry("by route", Wording.routes(routes))
    section("ambiguous", ambiguous, in: &sheet) {
      "line \($0.line): \($0.identifier): may mean \($0.candidates.joined(separator: ", ")); \($0.why)"
    }
    section("no landmark", notLandmarks, in: &sheet) { "line \($0.line): \($0.identifier): \($0.why)" }
    section("repeated", repeated, in: &sheet) {
      "\($0.symbol): lines \(Wording.list($0.lines.map(String.init), first: 10))"
    }
    if !missing.isEmpty {
      sheet.line("missing: \(Wording.count(missing.count))")
      sheet.line("  \(Wording.list(missing, first: 40))")
    }
    return sheet.text
  }

  private func section<Element>(
    _ heading: String, _ elements: [Element], in sheet: inout Sheet, _ text: (Element) -> String
  ) {
    guard !elements.isEmpty else { return }
    sheet.line("\(heading): \(Wording.count(elements.count))")
    for element in elements.prefix(Self.shown) { sheet.line("  \(text(element))") }
    if elements.count > Self.shown {
      sheet.line("  and \(Wording.count(elements.count - Self.shown)) more (all with --json)")
    }
  }
}
