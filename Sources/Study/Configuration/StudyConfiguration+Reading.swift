import Configurations
import Embedding
import Outcomes
import Prediction

extension ConfigurationManual {
  static let study = ConfigurationManual(
    page: "docs/studies.md", setting: "predictor.folds=5", nestedKey: "predictor.folds", list: "notes=[...]",
    unrecorded: ["results"])
}

extension StudyConfiguration {
  /// Reads and checks a configuration; `settings` are `key=value` pairs that replace values, by dotted keys. The
  /// configurations that it names are read when their steps are planned.
  ///
  /// Throws `ConfigurationError` with file:line:column.
  package init(path: String, settings: [String] = []) throws {
    let file = try ConfigurationFile(path, settings: settings, manual: .study)
    self = try file.root.section {
      try StudyConfiguration($0, file: path, settings: settings, text: file.effectiveText)
    }
  }

  private init(_ section: ConfigurationSection, file: String, settings: [String], text: String) throws {
    (self.file, self.settings, effectiveText) = (file, settings, text)
    let name = try section.required("name") { try $0.name(of: "a study") }
    self.name = name
    title = try section.required("title") { try $0.text() }
    summary = try section.optional("summary") { try $0.text() } ?? ""
    results = try section.optional("results") { try $0.path() } ?? name
    source = try section.required("source", Self.cohort)
    target = try section.required("target", Self.cohort)
    alignment = try section.required("alignment") {
      try $0.section { (path: try $0.required("config") { try $0.path() }, settings: try Self.settings($0)) }
    }
    rank = try section.optional("rank", Rank.init)
    perturbation = try section.required("perturbation", Self.perturbation)
    predictor = try section.optional("predictor", Predictor.init) ?? Predictor()
    drugs = try section.optional("drugs") { .names(try $0.list { try $0.text() }) } ?? .all
    resamples = try section.optional("resamples") { try $0.integer(in: 2...100_000) } ?? 1000
    endpoints = try section.optional("survival") { try $0.list { try $0.text() } } ?? []
    comparisons = try section.optional("compare") { try $0.oneOrMore(Comparison.init) } ?? []
    notes = try section.optional("notes") { try $0.list(Note.init) } ?? []
    // Nothing is there to be left out.
    if rank == nil { predictor.ablations.removeAll { $0 == .rank } }
  }

  private static func cohort(_ node: ConfigurationNode) throws -> CohortSource {
    try node.section { section in
      if let store = try section.optional("store", { try $0.path() }) {
        try section.refuse(["ingest", "set"], "with a store that is there already")
        return .store(store)
      }
      return .ingest(try section.required("ingest") { try $0.path() }, settings: try settings(section))
    }
  }

  /// Settings for the configuration that a section names.
  private static func settings(_ section: ConfigurationSection) throws -> [String] {
    try section.optional("set") { try $0.list { try $0.text() } } ?? []
  }

  private static func perturbation(_ node: ConfigurationNode) throws -> PerturbationModelSource {
    try node.section { section in
      guard let model = try section.optional("model", { try $0.path() }) else {
        return .trained(
          try section.required("train", Tables.init),
          try section.optional("settings", PerturbationTrainingSettings.init) ?? PerturbationTrainingSettings())
      }
      try section.refuse(["train", "settings"], "with a model that is there already")
      let genes = try section.optional("genes") { try $0.path() }
      let links = try section.optional("links") { try $0.path() }
      guard (genes == nil) == (links == nil) else { throw section.missing(genes == nil ? "genes" : "links") }
      let published = PerturbationNetwork.Shape.published.transformer.heads
      return .file(
        model, genes: genes, links: links,
        heads: try section.optional("heads") { try $0.integer(in: 1...1024) } ?? published)
    }
  }
}

extension StudyConfiguration.Rank {
  fileprivate init(_ node: ConfigurationNode) throws {
    self = try node.section { section in
      let units = (
        try section.optional("source-unit") { try $0.text() }, try section.optional("target-unit") { try $0.text() }
      )
      guard let folder = try section.optional("model", { try $0.path() }) else {
        let settings = try section.required("pretrain", PretrainingSettings.init)
        return Self(model: .pretrained(settings), sourceUnit: units.0, targetUnit: units.1)
      }
      try section.refuse(["pretrain"], "with a model that is there already")
      let dictionaries = try section.optional("dictionaries") { try $0.path() }
      return Self(model: .folder(folder, dictionaries: dictionaries), sourceUnit: units.0, targetUnit: units.1)
    }
  }
}

extension PretrainingSettings {
  fileprivate init(_ node: ConfigurationNode) throws {
    self = try node.section { section in
      func number(_ key: String, _ value: Int) throws -> Int {
        try section.optional(key) { try $0.integer(in: 1...100_000) } ?? value
      }
      let usual = PretrainingSettings()
      let (width, heads) = (try number("width", usual.width), try number("heads", usual.heads))
      guard width.isMultiple(of: heads) else {
        throw section.node.error(
          "\(heads) heads do not divide a width of \(width)", remedy: "choose a multiple as width")
      }
      return PretrainingSettings(
        layers: try number("layers", usual.layers), width: width, heads: heads,
        epochs: try number("epochs", usual.epochs),
        mostTokens: try section.optional("most-tokens") { try $0.integer(in: 3...4096) } ?? usual.mostTokens,
        seed: UInt64(try section.optional("seed") { try $0.integer(in: 0...0xFFFF_FFFF) } ?? 42))
    }
  }
}

extension StudyConfiguration.Tables {
  fileprivate init(_ node: ConfigurationNode) throws {
    self = try node.section { section in
      Self(
        treated: try section.required("treated") { try $0.path() },
        untreated: try section.optional("untreated") { try $0.path() },
        conditions: try section.required("conditions") { try $0.path() },
        links: try section.optional("links") { try $0.path() })
    }
  }
}

extension PerturbationTrainingSettings {
  fileprivate init(_ node: ConfigurationNode) throws {
    self.init()
    try node.section { section in
      func number(_ key: String, _ value: inout Int, in range: ClosedRange<Int> = 1...1_000_000) throws {
        value = try section.optional(key) { try $0.integer(in: range) } ?? value
      }
      try number("hidden", &hidden)
      var (width, layers, heads) = (transformer.width, transformer.layers, transformer.heads)
      try number("width", &width, in: 2...65_536)
      try number("layers", &layers)
      try number("heads", &heads)
      guard width.isMultiple(of: heads) else {
        throw section.node.error(
          "\(heads) heads do not divide a width of \(width)", remedy: "choose a multiple as width")
      }
      transformer = .init(width: width, layers: layers, heads: heads)
      try number("epochs", &epochs)
      try number("batch-size", &batchSize, in: 2...1_000_000)
      try number("patience", &patience)
      try number("seed", &seed, in: 0...0xFFFF_FFFF)
      learningRate = try section.optional("learning-rate") { try Self.share($0, below: .infinity) } ?? learningRate
      heldOut = try section.optional("held-out") { try Self.share($0, below: 1) } ?? heldOut
    }
  }

  private static func share(_ node: ConfigurationNode, below end: Double) throws -> Double {
    let number = try node.number()
    guard number > 0, number < end else {
      throw node.error("\(number) is out of range", remedy: "write a number above 0\(end == 1 ? " and below 1" : "")")
    }
    return number
  }
}

extension StudyConfiguration.Predictor {
  fileprivate init() {
    self.init(preset: .paper, settings: PredictorPreset.paper.settings, ablations: Ablation.allCases)
  }

  fileprivate init(_ node: ConfigurationNode) throws {
    self = try node.section { section in
      let preset = try section.optional("preset") { try $0.word(PredictorPreset.self) } ?? .paper
      var settings = preset.settings
      settings.split = try section.optional("split") { try $0.word(SplitRule.self) } ?? settings.split
      settings.folds = try section.optional("folds") { try $0.integer(in: 3...100) } ?? settings.folds
      settings.epochs = try section.optional("epochs") { try $0.integer(in: 1...1_000_000) } ?? settings.epochs
      settings.patience = try section.optional("patience") { try $0.integer(in: 1...1_000_000) } ?? settings.patience
      settings.batchSize =
        try section.optional("batch-size") { try $0.integer(in: 2...1_000_000) } ?? settings.batchSize
      settings.seed = try section.optional("seed") { try $0.integer(in: 0...0xFFFF_FFFF) } ?? settings.seed
      let chosen = try section.optional("ablations") { try $0.list(mayBeEmpty: true) { try $0.word(Ablation.self) } }
      return Self(
        preset: preset, settings: settings,
        ablations: Ablation.allCases.filter { chosen?.contains($0) ?? true })
    }
  }
}

extension StudyConfiguration.Comparison {
  fileprivate init(_ node: ConfigurationNode) throws {
    self = try node.section { section in
      let groups = try section.required("groups") { node in
        let groups = try node.list { try $0.text() }
        guard groups.count == 2, groups[0] != groups[1] else {
          throw node.error("two groups are compared, not \(groups.count)", remedy: "write two different words")
        }
        return groups
      }
      return Self(
        title: try section.optional("title") { try $0.text() },
        column: try section.required("column") { try $0.text() }, first: groups[0], second: groups[1],
        table: try section.optional("table", Table.init))
    }
  }
}

extension StudyConfiguration.Comparison.Table {
  fileprivate init(_ node: ConfigurationNode) throws {
    self = try node.section { section in
      Self(
        file: try section.required("file") { try $0.path() },
        sample: try section.optional("sample") { try $0.text() },
        names: try section.optional("names") { try $0.word(SampleNames.self) } ?? .sample)
    }
  }
}

extension StudyConfiguration.Note {
  fileprivate init(_ node: ConfigurationNode) throws {
    self = try node.section { section in
      Self(
        title: try section.required("title") { try $0.text() }, text: try section.required("text") { try $0.text() })
    }
  }
}
