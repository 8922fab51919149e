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
    let shown = alignment.measures.filter { $0.name != Self.neighbours }
    guard !shown.isEmpty else { return }
    let neighbours = alignment.measures.first { $0.name == Self.neighbours }?.raw
    var sheet = Sheet(
      caption: "Mixing of the two sides and purity of tissues, before and after"
        + (neighbours.map { ", among each sample's \(Wording.fixed($0, 0)) nearest neighbours" } ?? ""),
      columns: [
        .init(title: "Measure"), .init(title: "Expression before", isNumber: true),
        .init(title: "Latent space", isNumber: true), .init(title: "Aligned expression", isNumber: true),
        .init(title: "How to read it"),
      ])
    sheet.rows = shown.map { measure in
      let words = Self.words(of: measure.name)
      return [
        .text(words.title), .fixed(measure.raw), .fixed(measure.latent), .fixed(measure.aligned), .text(words.reading),
      ]
    }
    sheet.write(into: &page)
  }

  private static let neighbours = "neighbours"

  /// What the measures of a store are called (docs/measures.md), and what their values say.
  private static func words(of measure: String) -> (title: String, reading: String) {
    switch measure {
    case "mixing": ("Mixing of lines and patients", "1: as if mixed at random; 0: apart")
    case "mixing_source": ("Mixing, seen from the lines", "the same")
    case "mixing_target": ("Mixing, seen from the patients", "the same")
    case "purity": ("Neighbours of the same tissue", "share; 1: tissues apart")
    case "purity_chance": ("\u{2026} by chance", "what random neighbours would give")
    case "cross_purity":
      ("\u{2026} on the other side", "share of a patient's nearest lines of its tissue, and conversely")
    case "cross_purity_chance": ("\u{2026} on the other side, by chance", "what random neighbours would give")
    case "silhouette_tissue": ("Silhouette of tissues", "1: tissues apart; 0: they overlap; below: closer to others")
    case "silhouette_domain": ("Silhouette of lines and patients", "0: mixed; 1: apart")
    default: (Wording.sentence(measure), "")
    }
  }
}
