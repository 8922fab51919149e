/// A piece of a study's work: what it depends on, what it has made, and how to do it.
struct StudyStep {
  /// Names the step in the state file and to the user.
  let name: String
  /// Names of steps whose results it uses; they stand before it.
  let needs: [String]
  /// What the result depends on beside other steps' results: settings, and digests of files.
  let inputs: () throws -> [String: String]
  /// What the work really read, where that is known better after it than before; nil: `inputs`.
  var read: (() throws -> [String: String])?
  /// A fingerprint of what the step made, as it is on the disk; nil where it is not there, or not whole.
  let result: () throws -> String?
  let work: () throws -> Void

  init(
    _ name: String, needs: [String] = [], inputs: @escaping () throws -> [String: String],
    read: (() throws -> [String: String])? = nil, result: @escaping () throws -> String?,
    work: @escaping () throws -> Void
  ) {
    (self.name, self.needs, self.inputs, self.read) = (name, needs, inputs, read)
    (self.result, self.work) = (result, work)
  }
}
