import Formats
import Problems

/// How a table of samples is laid out: which columns it has by what names, and how its rows find their samples.
package enum SampleTableLayout: String, Sendable, CaseIterable {
  /// Any table; the configuration names every column.
  case table
  /// UCSC Xena's phenotype of the Toil recompute: sample, disease or tissue, site, type, sex, study.
  case xenaPhenotype = "xena-phenotype"
  /// UCSC Xena's `TCGA_phenotype_denseDataOnlyDownload`.
  case xenaTCGAPhenotype = "xena-tcga-phenotype"
  /// UCSC Xena's `Survival_SupplementalTable_S1`.
  case xenaSurvival = "xena-survival"
  /// The workbook of Liu et al. 2018 (TCGA-CDR), sheet `TCGA-CDR`.
  case tcgaCDR = "tcga-cdr"
  /// A BCR biotab file, with two more rows of header.
  case biotab
  /// GDSC's cell-line details, as a workbook or delimited text; its last row is a total.
  case gdscCellLines = "gdsc-cell-lines"
  /// The samples' records of a GEO series matrix.
  case seriesMatrix = "series-matrix"

  /// The column that names the sample, and what of a sample it names.
  package var key: (column: String, names: SampleKey)? {
    switch self {
    case .table: nil
    case .xenaPhenotype, .xenaTCGAPhenotype, .xenaSurvival: ("sample", .tcgaSample)
    case .tcgaCDR, .biotab: ("bcr_patient_barcode", .tcgaPatient)
    case .gdscCellLines: ("Sample Name", .cellLine)
    case .seriesMatrix: ("geo_accession", .sample)
    }
  }

  /// The layout's own columns of the sample table, by the name they get there.
  package var columns: [(name: String, column: String, kind: FieldKind)] {
    switch self {
    case .table, .biotab, .seriesMatrix: []
    case .xenaPhenotype:
      [
        ("tissue", "primary disease or tissue", .category), ("primary_site", "_primary_site", .category),
        ("sample_type", "_sample_type", .category), ("sex", "_gender", .category), ("study", "_study", .category),
      ]
    case .xenaTCGAPhenotype:
      [("tissue", "_primary_disease", .category), ("sample_type", "sample_type", .category)]
    case .xenaSurvival: Self.survival + [("tissue", "cancer type abbreviation", .category)]
    case .tcgaCDR: Self.survival + [("tissue", "type", .category)]
    case .gdscCellLines:
      [
        ("cosmic_id", "COSMIC identifier", .text), ("tissue", "GDSC Tissue descriptor 1", .category),
        ("tissue_subtype", "GDSC Tissue descriptor 2", .category),
        ("tcga_label", "Cancer Type (matching TCGA label)", .category),
        ("msi_status", "Microsatellite instability Status (MSI)", .category),
      ]
    }
  }

  /// Event (1 or 0) and time in days of the four endpoints.
  private static let survival: [(name: String, column: String, kind: FieldKind)] =
    ["OS", "DSS", "DFI", "PFI"].flatMap {
      [(name: $0, column: $0, kind: FieldKind.number), (name: "\($0).time", column: "\($0).time", kind: .number)]
    }

  /// Words that mean a gap.
  package var missingWords: Set<String> {
    switch self {
    case .tcgaCDR, .biotab, .xenaSurvival, .xenaPhenotype, .xenaTCGAPhenotype:
      MissingWords.common.union(MissingWords.tcga)
    case .table, .gdscCellLines, .seriesMatrix: MissingWords.common
    }
  }

  /// The column whose filled fields take a row out of use.
  package var redactionColumn: String? {
    self == .xenaSurvival || self == .tcgaCDR ? "Redaction" : nil
  }

  /// Reads the columns asked for. Throws `FormatError` and `SourceError`.
  package func read(_ input: InputFile, options: RecordOptions, columns: [ColumnRequest]) throws -> RecordTable {
    var options = options
    switch self {
    case .seriesMatrix: return try RecordTable.seriesMatrix(input, columns: columns)
    case .tcgaCDR: options.sheet = options.sheet ?? (input.content == .workbook ? "TCGA-CDR" : nil)
    case .biotab: options.linesAfterHeader = 2
    case .table, .xenaPhenotype, .xenaTCGAPhenotype, .xenaSurvival, .gdscCellLines: break
    }
    return try RecordTable.read(input, options: options, columns: columns)
  }
}

/// What of a sample a table's key column holds; the raw values are the configuration's words.
package enum SampleKey: String, Sendable, CaseIterable {
  /// The sample's id in the store.
  case sample
  /// The first 12 characters of a TCGA barcode.
  case tcgaPatient = "tcga-patient"
  /// The first 15 characters of a TCGA barcode.
  case tcgaSample = "tcga-sample"
  /// A cell line's name, exact first, then without case and punctuation where that names one line alone.
  case cellLine = "cell-line"
}

/// What a column of a sample table becomes.
package enum FieldKind: String, Sendable, CaseIterable {
  case text
  case category
  case number
  /// 1, true, yes or 0, false, no.
  case flag
}
