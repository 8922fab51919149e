extension ReportPage {
  func provenance(into page: inout Markup) {
    let provenance = content.provenance
    if !provenance.inputs.isEmpty {
      var sheet = Sheet(
        caption: "Files that were read", columns: [.init(title: "File"), .init(title: "Role"), .init(title: "SHA-256")])
      sheet.rows = provenance.inputs.map { [.text($0.file), .text($0.role), .code($0.sha256)] }
      sheet.write(into: &page)
    }
    entries(provenance.files, caption: "Files of the results folder", as: ("File", "What it holds"), into: &page)
    entries(provenance.settings, caption: "Settings", as: ("Setting", "Value"), into: &page)
    entries(provenance.versions, caption: "Programs and models", as: ("Name", "Version"), into: &page)
    guard !provenance.commands.isEmpty else { return }
    page.element("h3", "To make it again")
    page.element("pre", ["tabindex": "0"]) { page in
      page.element("code", provenance.commands.joined(separator: "\n"))
    }
  }

  private func entries(
    _ entries: [ProvenanceContent.Entry], caption: String, as titles: (String, String), into page: inout Markup
  ) {
    guard !entries.isEmpty else { return }
    var sheet = Sheet(caption: caption, columns: [.init(title: titles.0), .init(title: titles.1)])
    sheet.rows = entries.map { [.text($0.name), .text($0.value)] }
    sheet.write(into: &page)
  }
}
