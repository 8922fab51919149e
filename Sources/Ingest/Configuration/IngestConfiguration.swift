import Expression
import Formats
import Genes
import Responses
import Sources

/// What to ingest and how: the content of one YAML file in `ingest-configs/`, whose schema is
/// `schemas/ingest-config.schema.json`.
package struct IngestConfiguration: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case patients
    case cellLines = "cell-lines"
    /// No samples: a list of genes, and how it matches the panel.
    case genePanel = "gene-panel"
  }

  package enum Assay: String, Sendable, CaseIterable {
    case rnaSeq = "rna-seq"
    case microarray
    case l1000
    case unknown
  }

  /// The file it was read from.
  package var file: String
  package var name: String
  package var title: String?
  package var kind: Kind
  /// Folder that file names start from: as written it starts from the configuration's own folder, as set on the command
  /// line from the present one.
  package var root: String
  package var expression: Expression?
  package var panel: String?
  package var samples = Samples()
  package var tables: [Table] = []
  package var constants: [(name: String, value: String)] = []
  package var responses: [Response] = []
  package var drugs = Drugs()
  /// The configuration as it took effect, without `root`: what provenance records.
  package var effectiveText: String

  package struct Expression: Sendable {
    package var layout: ExpressionLayout
    package var files: [String]
    package var assay: Assay
    package var unit: ExpressionUnit?
    package var options = MatrixOptions()
    package var geneList: String?
    /// Columns of the sample table that the matrix file itself holds.
    package var sampleFields: [Field] = []
    package var platform: Platform?
    package var geneLengths: GeneLengths?
    package var collapse = ProbeCollapse.maxMean
    package var gaps = Gaps()
  }

  /// A table of the genes that each probe measures.
  package struct Platform: Sendable {
    package var file: String
    package var probeColumn: String
    package var geneColumns: [(name: String, kind: IdentifierKind)]
  }

  /// Lengths in bases, for counts.
  package struct GeneLengths: Sendable {
    package var file: String
    package var geneColumn: String
    /// Nil: told by each identifier's form.
    package var kind: IdentifierKind?
    package var lengthColumn: String
  }

  /// What happens where a measured gene misses values.
  package struct Gaps: Sendable {
    package enum Fill: String, Sendable, CaseIterable {
      case error
      case geneMean = "gene-mean"
      case dropGenes = "drop-genes"
      case dropSamples = "drop-samples"
    }

    /// Samples that miss more than this fraction of the measured genes are dropped first; nil: none.
    package var dropSamplesAbove: Double?
    package var fill = Fill.error
  }

  package struct Samples: Sendable {
    package enum Identity: String, Sendable, CaseIterable {
      /// As the file writes it.
      case asWritten = "as-written"
      /// The first 15 characters of a TCGA barcode: patient and sample type.
      case tcgaSample = "tcga-sample"
    }

    package enum Duplicates: String, Sendable, CaseIterable {
      case error
      case first
      case mean
    }

    package var identity = Identity.asWritten
    /// Text taken off the front of names.
    package var strip: [String] = []
    package var duplicates = Duplicates.error
    /// A field of the matrix whose values, in this order, decide which of several columns of a name comes first.
    package var prefer: (field: String, order: [String])?
    /// TCGA sample types, best first, of which one sample a patient is kept.
    package var onePerPatient: [String]?
    /// A file with the ids to keep, one a line.
    package var list: String?
    /// A field of the matrix that names the samples instead of its header.
    package var nameField: String?
    /// Columns of the sample table that must be filled.
    package var require: [String] = []
    package var keep: [(column: String, values: [String])] = []
    package var drop: [(column: String, values: [String])] = []
  }

  package struct Table: Sendable {
    package var layout: SampleTableLayout
    package var files: [String]
    package var options = RecordOptions()
    package var keyColumn: String
    package var keyNames: SampleKey
    /// Column of the sample table that the key is compared with; nil: the sample's id.
    package var join: String?
    package var strip: [String] = []
    package var columns: [Field]
    package var missing: Set<String>
  }

  /// A column of the sample table and where it comes from.
  package struct Field: Sendable {
    package var name: String
    /// Names that the column goes by in files, the first that is there counts.
    package var columns: [String]
    package var kind = FieldKind.category
    /// Words of the file and what is written for them; a word that is not listed stays.
    package var values: [String: String] = [:]
    /// Factor on numbers, such as days in a month.
    package var scale = 1.0
    package var isRequired = true
  }

  package struct Response: Sendable {
    package var layout: ResponseLayout
    package var file: String
    package var options = RecordOptions()
    package var columns: [String: String]
    package var sampleNames: SampleKey
    /// Column of the sample table that the file's samples are compared with; nil: the sample's id.
    package var join: String?
    package var strip: [String] = []
    /// For IC50s.
    package var repeats: RepeatRule
    /// For responses of patients.
    package var courses: CourseRule
    package var screen: String?
    /// A table that names the columns of a matrix of responses.
    package var drugNames: (file: String, id: String, name: String)?
    package var responders: [String]
    package var nonResponders: [String]
    /// Whether drugs that no list of the configuration names are kept.
    package var onlyKnownDrugs: Bool
  }

  package struct Drugs: Sendable {
    package struct File: Sendable {
      package var file: String
      package var options = RecordOptions()
      package var nameColumn: String
      /// Columns of the drug table by the column of the file.
      package var columns: [(name: String, column: String)]
    }

    package var files: [File] = []
    /// The name to use, by a name that a file uses.
    package var synonyms: [(name: String, drug: String)] = []
  }
}
