/// What a run made of its input, for people and, as JSON, for programs.
package struct IngestReport: Sendable, Encodable {
  package struct Count: Sendable, Encodable {
    package var kind: String
    package var reason: String
    package var count: Int
  }

  package var name: String
  /// Path of the store; nil for a dry run.
  package var store: String?
  package var samples: Int
  /// Landmarks that the source measures, of 978.
  package var landmarks: Int
  package var unit: String
  package var sourceUnit: String
  package var evidence: String
  package var responses: Int
  package var drugs: Int
  /// What did not reach the store, by reason.
  package var dropped: [Count]
  /// Landmarks by the route they were matched by.
  package var routes: [String: Int]
  package var seconds: Double
}
