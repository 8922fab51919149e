/// A picture with the words that go with it.
package struct FigureContent: Codable, Sendable, Equatable {
  /// Where in the page it stands.
  package enum Section: String, Codable, Sendable, CaseIterable {
    case cohorts, alignment, performance, heterogeneity, survival, groups
  }

  package var section: Section
  package var title: String
  package var caption: String
  /// An SVG document.
  package var svg: String
  /// Position of the comparison that it belongs to; nil for none.
  package var comparison: Int?

  package init(section: Section, title: String, caption: String, svg: String, comparison: Int? = nil) {
    (self.section, self.title, self.caption, self.svg) = (section, title, caption, svg)
    self.comparison = comparison
  }
}
