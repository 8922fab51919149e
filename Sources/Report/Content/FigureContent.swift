/// A picture with the words that go with it.
package struct FigureContent: Codable, Sendable, Equatable {
  /// Where in the page it stands.
  package enum Section: String, Codable, Sendable, CaseIterable {
    case cohorts, alignment, performance, heterogeneity, survival
  }

  package var section: Section
  package var title: String
  package var caption: String
  /// An SVG document.
  package var svg: String

  package init(section: Section, title: String, caption: String, svg: String) {
    (self.section, self.title, self.caption, self.svg) = (section, title, caption, svg)
  }
}
