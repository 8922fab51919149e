import Files
import HDF5
import Problems

/// What a perturbation model makes of drugs alone, as it is kept in the store of a cohort.
package struct DrugEmbeddings: Sendable, Equatable {
  /// Where the drugs that were embedded are from.
  package enum Source: String, Sendable {
    /// `uns/drugs` of the store.
    case store
    /// A table of the user's.
    case table
  }

  /// In the order of the rows.
  package let drugs: [String]
  /// SMILES of each.
  package let smiles: [String]
  /// Drugs x genes, in the panel's order.
  package let values: Matrix
  /// Fingerprint of the weights.
  package let model: String
  /// What the model is, such as `csg2a`.
  package let kind: String
  /// What else the numbers depend on, such as the dose.
  package let settings: [String: String]

  /// Place in a cohort's store, below `uns`.
  package static let path = "drug_embeddings/X_compound"
  static let remedy = "run `therapi embed perturbation --drugs-only` again with this store"

  /// The members at that place.
  private enum Key {
    static let (drugs, smiles, values) = ("drugs", "smiles", "values")
    static let (model, kind, settings) = ("model", "kind", "settings")
    static let (panelOrder, input, source) = ("panel_order", "input", "source")
    static let (skipped, toolVersion) = ("skipped", "tool_version")
  }

  /// `smiles` is one a drug, `values` has one row a drug.
  package init(
    drugs: [String], smiles: [String], values: Matrix, model: String, kind: String, settings: [String: String]
  ) {
    precondition(
      drugs.count == smiles.count && drugs.count == values.rows, "\(drugs.count) drugs, \(values.rows) rows")
    (self.drugs, self.smiles, self.values) = (drugs, smiles, values)
    (self.model, self.kind, self.settings) = (model, kind, settings)
  }

  /// SHA-256 of drugs with their SMILES, in whichever order.
  package static func fingerprint(of drugs: [(name: String, smiles: String)]) -> String {
    let rows = drugs.map { "\($0.name)\t\($0.smiles)\n" }.sorted()
    return SHA256.hex(of: "therapi-drugs 1\n\(rows.joined())".utf8)
  }

  /// What is put at `path`: `table` describes the drugs and has their SMILES, `skipped` those that have no row;
  /// `input` is the fingerprint of all drugs that were given.
  package func value(
    table: Frame, skipped: Frame, input: String, source: Source, panelOrder: String, toolVersion: String
  ) -> StoreValue {
    precondition(table.index == drugs && table[Key.smiles] == .strings(smiles), "a table of other drugs")
    return .group([
      Key.drugs: .frame(table), Key.values: .matrix(values), Key.model: .string(model), Key.kind: .string(kind),
      Key.settings: .group(settings.mapValues(StoreValue.string)), Key.panelOrder: .string(panelOrder),
      Key.input: .string(input), Key.source: .string(source.rawValue), Key.skipped: .frame(skipped),
      Key.toolVersion: .string(toolVersion),
    ])
  }

  /// A member that the value lacks, or that is of another type.
  private struct BadMember: Error {
    let name: String
  }

  private init(_ members: [String: StoreValue]) throws(BadMember) {
    func text(_ key: String) throws(BadMember) -> String {
      guard case .string(let text) = members[key] else { throw BadMember(name: key) }
      return text
    }
    guard case .frame(let table) = members[Key.drugs], case .strings(let smiles) = table[Key.smiles] else {
      throw BadMember(name: Key.drugs)
    }
    guard case .matrix(let values) = members[Key.values], values.rows == smiles.count else {
      throw BadMember(name: Key.values)
    }
    guard case .group(let settings) = members[Key.settings] else { throw BadMember(name: Key.settings) }
    var texts: [String: String] = [:]
    for (key, value) in settings {
      guard case .string(let text) = value else { throw BadMember(name: "\(Key.settings)/\(key)") }
      texts[key] = text
    }
    self.init(
      drugs: table.index, smiles: smiles, values: values, model: try text(Key.model), kind: try text(Key.kind),
      settings: texts)
  }

  /// Whether the embeddings of a store may be used; nil where there are none.
  static func state(in root: HDF5Group, model: String?) throws -> CachedBlock.State? {
    try read(in: root, model: model)?.state
  }

  /// The embeddings of a store, where they can be read, and whether they may be used; nil where there are none.
  static func read(
    in root: HDF5Group, model: String?
  ) throws -> (embeddings: DrugEmbeddings?, state: CachedBlock.State)? {
    let parts = path.split(separator: "/").map(String.init)
    let group = "\(Member.uns)/\(parts[0])"
    guard try root.kind(of: group) == .group, try root.group(group).exists(parts[1]) else { return nil }
    guard case .group(let members) = try StoreValue.read(parts[1], from: root.group(group)) else {
      return (nil, .stale("it is no record of drugs"))
    }
    do {
      let found = try DrugEmbeddings(members)
      return (found, try found.state(members, root, model))
    } catch let error as BadMember {
      return (nil, .stale("its record has no valid \(error.name)"))
    }
  }

  private func state(
    _ members: [String: StoreValue], _ root: HDF5Group, _ wanted: String?
  ) throws -> CachedBlock.State {
    guard case .string(let input) = members[Key.input], case .string(let text) = members[Key.source],
      let source = Source(rawValue: text)
    else { return .stale("its record does not tell which drugs it was made of") }
    guard members[Key.panelOrder] == .string(try root.text(uns: Member.panelOrder) ?? "") else {
      return .stale("it was made with genes in another order than that of the store")
    }
    if let wanted, wanted != model {
      return .stale("the model \(model.prefix(12)) made it, not \(wanted.prefix(12))")
    }
    guard source == .store else { return .current }
    return try Self.drugs(in: root).map(Self.fingerprint) == input
      ? .current : .stale("the drugs of the store or their SMILES changed since it was made")
  }

  /// The drugs of a store with their SMILES; nil where it has none.
  private static func drugs(in root: HDF5Group) throws -> [(name: String, smiles: String)]? {
    let uns = try root.group(Member.uns)
    guard try uns.exists(Key.drugs), case .frame(let frame) = try StoreValue.read(Key.drugs, from: uns),
      case .strings(let smiles) = frame[Key.smiles]
    else { return nil }
    return zip(frame.index, smiles).map { (name: $0, smiles: $1) }
  }
}

extension CohortStore {
  /// Whether the drugs' embeddings of the store may be used; nil where there are none.
  ///
  /// `model` is the fingerprint of the weights that must have made them; nil takes any.
  package func drugEmbeddingState(model: String? = nil) throws -> CachedBlock.State? {
    try StoreError.reading { try DrugEmbeddings.state(in: root, model: model) }
  }

  /// The drugs' embeddings of the store, if they may be used; throws `.stale`, with what to run, for any other.
  ///
  /// `model` is the fingerprint of the weights that must have made them; nil takes any.
  package func requireDrugEmbeddings(model: String? = nil) throws -> DrugEmbeddings {
    let found = try StoreError.reading { try DrugEmbeddings.read(in: root, model: model) }
    if let found, found.state == .current, let embeddings = found.embeddings { return embeddings }
    let cause = if case .stale(let reason) = found?.state { "is stale: \(reason)" } else { "is not there" }
    throw StoreError(
      .stale, at: Place(path, object: "/\(Member.uns)/\(DrugEmbeddings.path)"), cause, remedy: DrugEmbeddings.remedy)
  }
}
