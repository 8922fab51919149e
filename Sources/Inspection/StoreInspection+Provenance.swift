import Cohorts

extension StoreInspection {
  /// What a store was made of, and what was left out.
  package struct Provenance: Sendable, Equatable, Encodable {
    package struct Input: Sendable, Equatable, Encodable {
      package var name: String
      package var role: String
      package var bytes: Int
      package var sha256: String
    }

    package struct Dropped: Sendable, Equatable, Encodable {
      /// `sample`, `gene`, `row`, `response` or `drug`.
      package var kind: String
      package var reason: String
      package var count: Int
    }

    package var inputs: [Input]
    package var dropped: [Dropped]
    package var versions: [String: Scalar]
    package var configurationSHA256: String?
    /// When it was made; stores that are the same byte for byte do not tell.
    package var created: String?

    private enum CodingKeys: String, CodingKey {
      case inputs
      case dropped
      case versions
      case configurationSHA256 = "configSha256"
      case created
    }

    /// nil for a store without provenance.
    init?(_ store: CohortStore) throws {
      guard try !store.keys(at: "provenance").isEmpty else { return nil }
      inputs = try store.table(at: "provenance/inputs").map(Self.inputs) ?? []
      dropped = try store.table(at: "provenance/counts").map(Self.dropped) ?? []
      versions = try store.scalars(at: "provenance/versions")
      configurationSHA256 = try store.text(at: "provenance/config_sha256")
      created = try store.text(at: "provenance/created")
    }

    private static func inputs(_ table: Frame) -> [Input] {
      let bytes = table["bytes"]?.numbers
      return table.index.enumerated().map { row, name in
        Input(
          name: name, role: table["role"]?.text(at: row) ?? "", bytes: bytes.flatMap { Int(exactly: $0[row]) } ?? 0,
          sha256: table["sha256"]?.text(at: row) ?? "")
      }
    }

    private static func dropped(_ table: Frame) -> [Dropped] {
      let counts = table["count"]?.numbers
      return table.index.indices.map { row in
        Dropped(
          kind: table["kind"]?.text(at: row) ?? "", reason: table["reason"]?.text(at: row) ?? "",
          count: counts.flatMap { Int(exactly: $0[row]) } ?? 0)
      }
    }
  }
}
