/// How two cohorts are aligned: the content of one YAML file in `align-configs/`, whose schema is
/// `schemas/alignment-config.schema.json`.
package struct AlignmentConfiguration: Sendable {
  /// Where a cohort's tissues stand, and what its words for them mean.
  package struct Tissues: Sendable, Equatable {
    /// Column of the sample table.
    package var column: String
    package var map: TissueMap
  }

  /// Which samples of the target train; the others are mapped all the same.
  package enum Training: Sendable, Equatable {
    case all
    /// Those that no row of `uns/responses` names.
    case withoutResponses
    /// Those whose value in a column of the sample table is one of these.
    case column(String, values: [String])
  }

  /// What is done about a tissue of the target that no cell line is from.
  package enum NotInSource: String, Sendable, CaseIterable {
    case error
    /// Its samples do not train.
    case drop
  }

  /// The file it was read from.
  package var file: String
  package var name: String
  package var title: String?
  /// Where the settings start from.
  package var preset: AlignerPreset
  /// The preset's with what the file puts in their place.
  package var settings: AlignerSettings
  package var source: Tissues
  package var target: Tissues
  package var training = Training.withoutResponses
  package var notInSource = NotInSource.error
  /// The configuration as it took effect: what provenance records.
  package var effectiveText: String
}
