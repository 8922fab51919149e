import Foundation

extension ReportPage {
  /// The pictures of a section, or of one of its comparisons, each as an image of its own so that no style or name of one
  /// reaches another.
  func figures(of section: FigureContent.Section, comparison: Int? = nil, into page: inout Markup) {
    let chosen = content.figures.filter { $0.section == section && $0.comparison == comparison }
    guard !chosen.isEmpty else { return }
    page.element("div", ["class": "figures"]) { page in
      for figure in chosen {
        page.element("figure", ["style": Self.width(of: figure.svg).map { "width:\($0)px" }]) { page in
          let data = Data(figure.svg.utf8).base64EncodedString()
          page.void("img", ["src": "data:image/svg+xml;base64,\(data)", "alt": "\(figure.title). \(figure.caption)"])
          page.element("figcaption") { page in
            page.element("strong", "\(figure.title).")
            page.add(" \(figure.caption)")
          }
        }
      }
    }
  }

  /// The picture's own width in pixels, at which its letters have their size; nil where it names none.
  private static func width(of svg: String) -> Int? {
    guard let head = svg.range(of: "<svg[^>]* width=\"[0-9.]+\"", options: .regularExpression) else { return nil }
    return svg[head].split(separator: "\"").last.flatMap { Double($0) }.map { Int($0.rounded(.up)) }
  }
}
