import Formats
import Matrices
import TestSupport

@testable import Alignment

/// Data and settings of a short training.
struct TrainingCase {
  var study = MixtureStudy()
  var settings: AlignerSettings

  init(_ preset: AlignerPreset = .reference, study: MixtureStudy = MixtureStudy()) {
    self.study = study
    settings = preset.settings
    (settings.latentSize, settings.batchSize, settings.epochs) = (6, 8, 3)
  }

  /// `tissue` takes the samples of one tissue alone.
  var data: AlignerData {
    let (lines, patients) = (study.lineValues, study.patientValues())
    let isOne = settings.tissue != nil
    func domain(_ x: [Float], _ count: Int) -> AlignerData.Domain {
      let rows = (0..<count).filter { !isOne || MixtureStudy.tissue($0) == 0 }
      return .init(x: x, rows: rows, tissues: rows.map(MixtureStudy.tissue))
    }
    return AlignerData(
      genes: study.genes, tissues: isOne ? 1 : MixtureStudy.tissues.count, source: domain(lines, study.lines),
      target: domain(patients, study.patients))
  }

  func training(lanes: Int = 1) -> AlignerTraining { AlignerTraining(data, settings: settings, lanes: Lanes(lanes)) }

  /// Trains in one go.
  func trained(lanes: Int = 1) throws -> AlignerTraining {
    let training = training(lanes: lanes)
    while !training.isFinished { try training.runEpoch() }
    return training
  }

  var header: AlignerHeader {
    AlignerHeader(
      preset: .reference, settings: settings, source: "lines", targets: ["patients"], sourceUnit: MixtureStudy.unit,
      targetUnit: MixtureStudy.unit, geneOrder: MixtureStudy.panelOrder, tissues: MixtureStudy.tissues,
      cellLines: (0..<study.lines).map { "line-\($0)" }, key: "key", toolVersion: "0", curve: TrainingCurve())
  }
}

extension AlignerTraining {
  /// All that a training is, as bits: parameters, Adam's means, random numbers, the curve.
  func bits(_ header: AlignerHeader) throws -> String {
    var header = header
    header.curve = curve
    let file = try state(header: header)
    return file.fingerprint + (file.metadata["training_curve"] ?? "")
  }
}
