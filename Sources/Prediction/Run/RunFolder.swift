import Files
import Foundation
import Glibc
import Problems

/// The folder of a run: one predictor a fold, and tables of what they came to.
package struct RunFolder: Sendable {
  package let path: String

  /// What a run came to, written last.
  package static let record = "run.json"
  /// A row a pair: sample, drug, label, fold.
  package static let splits = "splits.csv"
  /// A row an epoch: fold, epoch, training loss, loss that stops.
  package static let curves = "curves.csv"
  /// A row a pair: sample, drug, label, fold, log odds by the predictor that did not see it.
  package static let predictions = "predictions.csv"

  package init(_ path: String) { self.path = path }

  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Path of a fold's predictor; folds are counted from 0.
  package func predictor(fold: Int) -> String { file(PredictorFile.name(fold: fold)) }

  /// Path of the state of a fold's unfinished training.
  func state(fold: Int) -> String { predictor(fold: fold) + ".training" }

  func contains(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// Makes the folder if it is not there, with those above it.
  func create() throws {
    do { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
      throw PredictionError(
        .unwritable, at: Place(path), "cannot make the folder: \(error.localizedDescription)",
        remedy: "give a folder that may be written as --output")
    }
  }

  /// Names of the predictors and states that are there, in order.
  func predictors() throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path).sorted().filter {
        $0.wholeMatch(of: /fold-[0-9]+\.safetensors(\.training)?/) != nil
      }
    } catch {
      throw PredictionError(.unwritable, at: Place(path), "cannot be listed: \(error.localizedDescription)")
    }
  }

  /// Takes away what a run of `therapi train` wrote, and nothing else.
  func clear() throws {
    let names = try predictors() + [Self.record, Self.splits, Self.curves, Self.predictions]
    for name in names { try remove(file(name)) }
  }

  func remove(_ path: String) throws {
    guard contains(path) else { return }
    do { try FileManager.default.removeItem(atPath: path) } catch {
      throw PredictionError(
        .unwritable, at: Place(path), "cannot remove it: \(error.localizedDescription)",
        remedy: "see that the folder may be written")
    }
  }
}
