extension ReportPage {
  func alignment(into page: inout Markup) {
    if let alignment = content.alignment {
      page.element("p") { page in
        page.add(
          "Each patient is written as a mixture of \(Wording.counted(alignment.cellLines, "cell line")) of "
            + "\(alignment.source) (preset \(alignment.preset), expression standardised \(alignment.standardisation)")
        if let genes = alignment.genes { page.add(", \(Wording.counted(genes, "gene")) in common") }
        if let epochs = alignment.epochs { page.add(", \(Wording.counted(epochs, "epoch"))") }
        page.add(").")
      }
      for note in alignment.notes { page.element("p", note) }
      measures(of: alignment, into: &page)
    }
    figures(of: .alignment, into: &page)
  }

  private func measures(of alignment: AlignmentContent, into page: inout Markup) {
    guard !alignment.measures.isEmpty else { return }
    var sheet = Sheet(
      caption: "Mixing of the two sides and purity of tissues, before and after",
      columns: [
        .init(title: "Measure"), .init(title: "Expression before", isNumber: true),
        .init(title: "Latent space", isNumber: true), .init(title: "Aligned expression", isNumber: true),
      ])
    sheet.rows = alignment.measures.map { measure in
      [.text(Wording.sentence(measure.name)), .fixed(measure.raw), .fixed(measure.latent), .fixed(measure.aligned)]
    }
    sheet.write(into: &page)
  }
}
