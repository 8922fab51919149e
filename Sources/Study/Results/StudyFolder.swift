import Foundation
import Problems

/// The results folder of a study: where everything that it makes stands.
struct StudyFolder {
  let path: String

  init(_ path: String) { self.path = path }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// What was done, and with what.
  var state: String { file("state.json") }
  var aligner: String { file("models/aligner.safetensors") }
  var rankModel: String { file("models/rank") }
  var perturbationModel: String { file("models/perturbation.safetensors") }
  var metrics: String { file("metrics.json") }
  var figures: String { file("figures/figures.json") }
  var content: String { file("report.json") }
  var page: String { file("report.html") }

  func store(_ cohort: String) -> String { file("stores/\(cohort).h5ad") }
  func run(_ variant: StudyVariant) -> String { file("runs/\(variant.name)") }
  func scores(_ variant: StudyVariant) -> String { file("scores/\(variant.name).h5ad") }
  func table(_ name: String) -> String { file("tables/\(name).csv") }
  func figure(_ name: String) -> String { file("figures/\(name).svg") }

  /// Makes the folder and those in it. Throws `StudyError` `.unwritable`.
  func create() throws {
    for folder in ["stores", "models", "runs", "scores", "tables", "figures"] {
      do {
        try FileManager.default.createDirectory(atPath: file(folder), withIntermediateDirectories: true)
      } catch {
        throw StudyError(
          .unwritable, at: Place(file(folder)), "cannot make the folder: \(error.localizedDescription)",
          remedy: "name a folder that may be written as results")
      }
    }
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
