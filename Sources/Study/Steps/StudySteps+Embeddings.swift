import Cohorts
import Embedding
import Foundation
import Genes

extension StudySteps {
  // MARK: Ranks

  /// Trains a small encoder on the cohorts whose unit is one of amounts; it is not Geneformer.
  var rankModel: StudyStep {
    guard let rank = study.rank, case .pretrained(let settings) = rank.model else {
      preconditionFailure("a study that trains no rank model")
    }
    // Ranks of one cohort's values against medians of another scale would mean nothing.
    let plain = [(source.path, rank.sourceUnit), (target.path, rank.targetUnit)].filter { $0.1 == nil }.map(\.0)
    let stores = plain.isEmpty ? [target.path] : plain
    let forced = plain.isEmpty ? rank.targetUnit : nil
    return StudyStep(
      Name.rankModel, needs: [Name.source, Name.target],
      inputs: {
        // By name: a results folder may be moved.
        let names = stores.map { URL(fileURLWithPath: $0).lastPathComponent }
        return ["settings": "\(settings)", "unit": forced ?? "", "stores": names.joined(separator: " ")]
      },
      result: {
        try present([folder.rankModel + "/model.safetensors"]) { try RankModel(reading: folder.rankModel).fingerprint }
      },
      work: {
        let run = RankPretraining(
          stores: stores, output: folder.rankModel, settings: settings, forcedUnit: forced, lanes: lanes,
          progress: progress, logger: logger)
        _ = try run.run()
      })
  }

  /// Embeds the samples of both cohorts.
  var rank: StudyStep {
    guard let rank = study.rank else { preconditionFailure("a study without ranks") }
    let isTrained = if case .pretrained = rank.model { true } else { false }
    let units = [(source.path, rank.sourceUnit), (target.path, rank.targetUnit)]
    return StudyStep(
      Name.rank, needs: [Name.source, Name.target] + (isTrained ? [Name.rankModel] : []),
      inputs: {
        var inputs = ["units": units.map { $0.1 ?? "" }.joined(separator: "\n")]
        if !isTrained { inputs["model"] = try readRankModel().fingerprint }
        return inputs
      },
      result: {
        try present([source.path, target.path]) {
          try units.map { try CohortStore($0.0).requireCurrent(.rank).model }.joined(separator: " ")
        }
      },
      work: {
        let model = try readRankModel()
        for (path, unit) in units {
          let run = RankRun(
            model, RankOptions(forcedUnit: unit, lanes: lanes), progress: progress, logger: logger)
          _ = try run.run(on: path)
        }
      })
  }

  private func readRankModel() throws -> RankModel {
    switch study.rank?.model {
    case .folder(let path, let dictionaries): try RankModel(reading: path, dictionaries: dictionaries)
    case .pretrained, nil: try RankModel(reading: folder.rankModel)
    }
  }

  // MARK: Drugs

  /// Trains a perturbation model on tables; it is not CSG2A.
  var perturbationModel: StudyStep {
    guard case .trained(let tables, let settings) = study.perturbation else {
      preconditionFailure("a study that trains no perturbation model")
    }
    return StudyStep(
      Name.perturbationModel,
      inputs: {
        var inputs = ["settings": "\(settings)"]
        let files = [
          ("treated", tables.treated), ("untreated", tables.untreated), ("conditions", tables.conditions),
          ("links", tables.links),
        ]
        for (name, path) in files { inputs[name] = try path.map(digests.digest) }
        return inputs
      },
      result: {
        try present([folder.perturbationModel]) {
          try PerturbationModel(reading: folder.perturbationModel).fingerprint
        }
      },
      work: {
        progress?.begin("reading the tables")
        let examples = try PerturbationExamples(
          treated: tables.treated, untreated: tables.untreated, conditions: tables.conditions,
          conformerSeed: settings.conformerSeed)
        let links =
          try tables.links.map { try GeneLinks(reading: $0, genes: .panel) } ?? GeneLinks(none: LandmarkPanel.count)
        let run = PerturbationTrainingRun(
          settings, output: folder.perturbationModel, lanes: lanes, progress: progress, logger: logger)
        _ = try run.run(examples, links: links.counts)
      })
  }

  /// Embeds the drugs of the cell lines.
  var drugs: StudyStep {
    let isTrained = if case .trained = study.perturbation { true } else { false }
    return StudyStep(
      Name.drugs, needs: [Name.source] + (isTrained ? [Name.perturbationModel] : []),
      inputs: { isTrained ? [:] : ["model": try readPerturbationModel().fingerprint] },
      result: {
        guard StudyFolder.exists(source.path),
          case .string(let model) = try CohortStore(source.path).value(at: "\(DrugEmbeddings.path)/model")
        else { return nil }
        return model
      },
      work: {
        let run = PerturbationRun(
          try readPerturbationModel(), PerturbationSettings(), lanes: lanes, progress: progress, logger: logger)
        _ = try run.embedDrugs(nil, into: source.path)
      })
  }

  func readPerturbationModel() throws -> PerturbationModel {
    switch study.perturbation {
    case .file(let path, let genes?, let links?, let heads):
      try PerturbationModel(importing: path, genes: genes, links: links, heads: heads)
    case .file(let path, _, _, _): try PerturbationModel(reading: path)
    case .trained: try PerturbationModel(reading: folder.perturbationModel)
    }
  }
}
