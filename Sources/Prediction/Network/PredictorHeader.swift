import Formats
import Foundation
import Problems
import Runs

/// What the file of a predictor says of itself, in the texts of its header.
package struct PredictorHeader: Sendable, Equatable {
  package var preset: PredictorPreset
  package var settings: PredictorSettings
  package var shape: ResponsePredictor.Shape
  /// Counted from 0: the fold that was held out for testing.
  package var fold: Int
  /// SHA-256 of the genes' order.
  package var geneOrder: String
  /// Fingerprint of the model behind the rank embeddings; nil without them.
  package var rankModel: String?
  /// Fingerprint of the model behind compounds and expression after the drug.
  package var perturbationModel: String
  /// SHA-256 of the data and settings of the run.
  package var key: String
  package var toolVersion: String
  /// Counted from 1: the epoch whose weights these are.
  package var bestEpoch: Int
  package var curve: [PredictorEpoch]

  /// The kind of file, and the version of its layout.
  package static let format = "therapi-predictor 1"

  enum Key: String {
    case format, preset, settings, shape, fold, key
    case geneOrder = "gene_order"
    case rankModel = "rank_model"
    case perturbationModel = "perturbation_model"
    case toolVersion = "tool_version"
    case bestEpoch = "best_epoch"
    case curve = "training_curve"
  }

  package init(
    preset: PredictorPreset, settings: PredictorSettings, shape: ResponsePredictor.Shape, fold: Int,
    geneOrder: String, rankModel: String?, perturbationModel: String, key: String, bestEpoch: Int,
    curve: [PredictorEpoch], toolVersion: String = ToolVersion.current
  ) {
    (self.preset, self.settings, self.shape, self.fold) = (preset, settings, shape, fold)
    (self.geneOrder, self.rankModel, self.perturbationModel) = (geneOrder, rankModel, perturbationModel)
    (self.key, self.bestEpoch, self.curve, self.toolVersion) = (key, bestEpoch, curve, toolVersion)
  }

  /// The texts; equal headers give equal texts.
  package var metadata: [String: String] {
    get throws {
      var texts: [Key: String] = [
        .format: Self.format, .preset: preset.rawValue, .settings: try HeaderText.json(settings),
        .shape: try HeaderText.json(shape), .fold: "\(fold)", .geneOrder: geneOrder,
        .perturbationModel: perturbationModel, .key: key, .toolVersion: toolVersion, .bestEpoch: "\(bestEpoch)",
        .curve: try HeaderText.json(curve),
      ]
      texts[.rankModel] = rankModel
      return Dictionary(uniqueKeysWithValues: texts.map { ($0.rawValue, $1) })
    }
  }

  /// Reads the texts of a file; `.checkpoint` where they are not those of a predictor of this version.
  package init(_ file: SafetensorsFile) throws {
    func error(_ key: Key, _ cause: String) -> PredictionError {
      PredictionError(
        .checkpoint, at: Place(file.path ?? "checkpoint", field: key.rawValue), cause,
        remedy: "take a file that therapi train of this version wrote")
    }
    func text(_ key: Key) throws -> String {
      guard let text = file.metadata[key.rawValue] else { throw error(key, "the header does not name it") }
      return text
    }
    func value<Value: Decodable>(_ key: Key) throws -> Value {
      guard let value: Value = try HeaderText.value(text(key)) else {
        throw error(key, "the header's value cannot be read")
      }
      return value
    }
    guard file.metadata[Key.format.rawValue] == Self.format else {
      throw error(
        .format, file.metadata[Key.format.rawValue].map { "is a file of '\($0)'" } ?? "is no predictor's file")
    }
    guard let preset = PredictorPreset(rawValue: try text(.preset)) else {
      throw error(.preset, "names an unknown preset")
    }
    self.preset = preset
    settings = try value(.settings)
    shape = try value(.shape)
    guard shape.isSound else { throw error(.shape, "names sizes that no network has") }
    fold = try value(.fold)
    geneOrder = try text(.geneOrder)
    rankModel = file.metadata[Key.rankModel.rawValue]
    perturbationModel = try text(.perturbationModel)
    key = try text(.key)
    toolVersion = try text(.toolVersion)
    bestEpoch = try value(.bestEpoch)
    curve = try value(.curve)
  }
}

extension ResponsePredictor.Shape {
  /// Whether a network of these sizes can be made; what is read from a file may say anything.
  fileprivate var isSound: Bool {
    let sizes = [genes, rank, width] + hidden
    return branches == PredictorBranch.allCases.filter(branches.contains) && !branches.isEmpty
      && hidden.count == head.widths.count && sizes.allSatisfy { (1...65_536).contains($0) }
  }
}
