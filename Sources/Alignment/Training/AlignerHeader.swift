import Formats
import Foundation
import Problems
import Runs

/// What the file of an aligner says of itself, in the texts of its header.
package struct AlignerHeader: Sendable, Equatable {
  package var preset: AlignerPreset
  package var settings: AlignerSettings
  /// Name of the cell lines' cohort.
  package var source: String
  /// Names of the cohorts that it was trained on.
  package var targets: [String]
  package var sourceUnit: String
  package var targetUnit: String
  /// SHA-256 of the genes' order.
  package var geneOrder: String
  package var tissues: [String]
  package var cellLines: [String]
  /// SHA-256 of the data and settings of the training (`TrainingKey`).
  package var key: String
  package var toolVersion: String
  package var curve: TrainingCurve

  /// The kind of file, and the version of its layout.
  package static let format = "therapi-aligner 1"

  /// The names of the texts.
  enum Key: String {
    case format, preset, settings, seed, source, targets, tissues, key
    case sourceUnit = "source_unit"
    case targetUnit = "target_unit"
    case geneOrder = "gene_order"
    case cellLines = "cell_lines"
    case toolVersion = "tool_version"
    case curve = "training_curve"
  }

  /// The curve as the header holds it.
  private struct Table: Codable {
    var columns: [String]
    var rows: [[Double?]]
  }

  /// The texts; equal headers give equal texts.
  package var metadata: [String: String] {
    get throws {
      let texts: [(Key, String)] = [
        (.format, AlignerHeader.format), (.preset, preset.rawValue), (.settings, try json(settings)),
        (.seed, "\(settings.seed)"), (.source, source), (.targets, try json(targets)), (.sourceUnit, sourceUnit),
        (.targetUnit, targetUnit), (.geneOrder, geneOrder), (.tissues, try json(tissues)),
        (.cellLines, try json(cellLines)), (.key, key), (.toolVersion, toolVersion),
        (.curve, try json(Table(columns: TrainingCurve.columns, rows: curve.rows))),
      ]
      return Dictionary(uniqueKeysWithValues: texts.map { ($0.rawValue, $1) })
    }
  }

  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// Reads the texts of a file; `.checkpoint` where they are not those of an aligner of this version.
  package init(_ file: SafetensorsFile) throws {
    let reading = Reading(file: file)
    guard file.metadata[Key.format.rawValue] == AlignerHeader.format else {
      throw reading.error(
        .format,
        file.metadata[Key.format.rawValue].map { "is a checkpoint of '\($0)'" } ?? "is no aligner's checkpoint",
        remedy: "take a file that therapi align wrote")
    }
    guard let preset = AlignerPreset(rawValue: try reading.text(.preset)) else {
      throw reading.error(.preset, "names an unknown preset")
    }
    self.preset = preset
    settings = try reading.json(.settings, as: AlignerSettings.self)
    source = try reading.text(.source)
    targets = try reading.json(.targets, as: [String].self)
    sourceUnit = try reading.text(.sourceUnit)
    targetUnit = try reading.text(.targetUnit)
    geneOrder = try reading.text(.geneOrder)
    tissues = try reading.json(.tissues, as: [String].self)
    cellLines = try reading.json(.cellLines, as: [String].self)
    key = try reading.text(.key)
    toolVersion = try reading.text(.toolVersion)
    guard let curve = TrainingCurve(rows: try reading.json(.curve, as: Table.self).rows) else {
      throw reading.error(.curve, "has a curve of other columns")
    }
    self.curve = curve
  }

  package init(
    preset: AlignerPreset, settings: AlignerSettings, source: String, targets: [String], sourceUnit: String,
    targetUnit: String, geneOrder: String, tissues: [String], cellLines: [String], key: String, toolVersion: String,
    curve: TrainingCurve
  ) {
    (self.preset, self.settings, self.source, self.targets) = (preset, settings, source, targets)
    (self.sourceUnit, self.targetUnit, self.geneOrder) = (sourceUnit, targetUnit, geneOrder)
    (self.tissues, self.cellLines, self.key) = (tissues, cellLines, key)
    (self.toolVersion, self.curve) = (toolVersion, curve)
  }

  private struct Reading {
    let file: SafetensorsFile

    func error(_ key: Key, _ cause: String, remedy: String = "train again with this version") -> AlignmentError {
      AlignmentError(.checkpoint, at: Place(file.path ?? "checkpoint", field: key.rawValue), cause, remedy: remedy)
    }

    func text(_ key: Key) throws -> String {
      guard let text = file.metadata[key.rawValue] else { throw error(key, "the header does not name it") }
      return text
    }

    func json<Value: Decodable>(_ key: Key, as type: Value.Type) throws -> Value {
      let text = try text(key)
      do { return try JSONDecoder().decode(type, from: Data(text.utf8)) } catch {
        throw self.error(key, "the header's value cannot be read")
      }
    }
  }
}

extension AlignerHeader {
  /// Of a training that is to begin; its key is still to come.
  init(_ configuration: AlignmentConfiguration, _ domains: AlignmentDomains) {
    self.init(
      preset: configuration.preset, settings: configuration.settings, source: domains.source.cohort,
      targets: domains.targets.map(\.cohort), sourceUnit: domains.source.unit, targetUnit: domains.targets[0].unit,
      geneOrder: domains.geneOrder, tissues: domains.tissues, cellLines: domains.source.samples, key: "",
      toolVersion: ToolVersion.current, curve: TrainingCurve())
  }
}
