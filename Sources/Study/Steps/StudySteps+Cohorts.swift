import Alignment
import Cohorts
import Files
import Foundation
import Ingest
import Problems

extension StudySteps {
  /// Makes a cohort's store, or takes a copy of one: what the study adds to it is the study's own.
  func cohort(_ cohort: Cohort, of source: StudyConfiguration.CohortSource, _ side: Side) -> StudyStep {
    switch source {
    case .store(let original): copy(original, to: cohort.path, side)
    case .ingest: ingest(cohort, side)
    }
  }

  private func copy(_ original: String, to path: String, _ side: Side) -> StudyStep {
    StudyStep(
      side.rawValue, inputs: { ["store": try digests.digest(of: original)] },
      result: { try present([path]) { try CohortStore(path).inputFingerprint().sha256 } },
      work: {
        // What is no store is told of as the file that was named, and nothing of it comes into the results.
        _ = try digests.digest(of: original)
        _ = try CohortStore(original).inputFingerprint()
        let partial = "\(path).copy"
        do {
          if StudyFolder.exists(partial) { try FileManager.default.removeItem(atPath: partial) }
          try FileManager.default.copyItem(atPath: original, toPath: partial)
          guard rename(partial, path) == 0 else {
            throw StudyError(.unwritable, at: Place(path), "cannot put it in place: \(lastSystemError())")
          }
        } catch let error as StudyError {
          throw error
        } catch {
          throw StudyError(.unwritable, at: Place(path), "cannot copy \(original): \(error.localizedDescription)")
        }
      })
  }

  private func ingest(_ cohort: Cohort, _ side: Side) -> StudyStep {
    guard let configuration = cohort.ingest else { preconditionFailure("a cohort without its configuration") }
    return StudyStep(
      side.rawValue,
      inputs: {
        // Which files are read, the configuration decides: those of the last time are those of now.
        var inputs = ["configuration": configuration.effectiveText]
        for (file, _, _) in try recordedInputs(of: cohort.path) {
          let path = file.hasPrefix("/") ? file : "\(configuration.root)/\(file)"
          inputs[file] = StudyFolder.exists(path) ? try digests.digest(of: path) : "not there"
        }
        return inputs
      },
      read: {
        var inputs = ["configuration": configuration.effectiveText]
        for (file, _, sum) in try recordedInputs(of: cohort.path) { inputs[file] = sum }
        return inputs
      },
      result: {
        try present([cohort.path]) {
          let inputs = try recordedInputs(of: cohort.path).map { "\($0.file) \($0.sha256)" }
          let input = try CohortStore(cohort.path).inputFingerprint().sha256
          return SHA256.hex(of: (inputs + [configuration.effectiveText, input]).joined(separator: "\n").utf8)
        }
      },
      work: { _ = try IngestRun(configuration, progress: progress, logger: logger).commit(to: cohort.path) })
  }

  /// The files that a store was made from, as its provenance names them; none without a store.
  func recordedInputs(of path: String) throws -> [(file: String, role: String, sha256: String)] {
    guard StudyFolder.exists(path), case .frame(let frame) = try CohortStore(path).value(at: "provenance/inputs")
    else { return [] }
    let sums = frame["sha256"]?.words ?? []
    let roles = frame["role"]?.words ?? []
    guard sums.count == frame.index.count, roles.count == sums.count else {
      throw StudyError(.damaged, at: Place(path, object: "/uns/provenance/inputs"), "has not a sum for each file")
    }
    return zip(frame.index, zip(roles, sums)).map { ($0, $1.0, $1.1) }
  }

  // MARK: Alignment

  /// Trains the aligner, and maps both stores.
  var align: StudyStep {
    StudyStep(
      Name.align, needs: [Name.source, Name.target],
      inputs: {
        var inputs = ["configuration": alignment.effectiveText]
        for (side, tissues) in [("source", alignment.source), ("target", alignment.target)] {
          let file = tissues.map.place.file
          if StudyFolder.exists(file) { inputs["tissues of the \(side)"] = try digests.digest(of: file) }
        }
        return inputs
      },
      result: {
        try present([folder.aligner, source.path, target.path]) {
          let model = try AlignerFile(reading: folder.aligner).model
          let store = try CohortStore(target.path)
          for block in [BlockPath.weights, .aligned, .heterogeneity] {
            try store.requireCurrent(block, model: model)
          }
          try CohortStore(source.path).requireCurrent(.latent, model: model)
          return model
        }
      },
      work: {
        let run = AlignmentRun(
          alignment, source: source.path, targets: [target.path], checkpoint: folder.aligner, lanes: lanes,
          progress: progress, logger: logger)
        _ = try run.run()
      })
  }
}
