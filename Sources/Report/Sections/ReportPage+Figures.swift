import Foundation

extension ReportPage {
  /// The section's pictures, each as an image of its own so that no style or name of one reaches another.
  func figures(of section: FigureContent.Section, into page: inout Markup) {
    let chosen = content.figures.filter { $0.section == section }
    guard !chosen.isEmpty else { return }
    page.element("div", ["class": "figures"]) { page in
      for figure in chosen {
        page.element("figure") { page in
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
}
