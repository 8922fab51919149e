import Cohorts
import Problems

/// What the verification of one store found, for people and programs.
package struct StoreCheck: Sendable, Encodable {
  package struct Finding: Sendable, Equatable, Encodable {
    /// `error` or `warning`.
    package var severity: String
    /// Path inside the store, such as `/obs/tissue`; nil if it is about the file.
    package var object: String?
    package var cause: String
    package var remedy: String?
  }

  package var path: String
  /// Whether there is no error; warnings do not count.
  package var isSound: Bool
  package var findings: [Finding]

  /// Examines a whole store; that another process holds it, so that it cannot be examined, is a finding too.
  package init(of path: String) throws {
    self.path = path
    do {
      let verification = try StoreVerification(of: path)
      isSound = verification.isSound
      findings = verification.findings.map {
        Finding(severity: $0.severity.rawValue, object: $0.place.object, cause: $0.cause, remedy: $0.remedy)
      }
    } catch let error as StoreError where error.origin == .input {
      isSound = false
      findings = [
        Finding(severity: "error", object: error.place?.object, cause: error.cause, remedy: error.remedy)
      ]
    }
  }

  package var text: String {
    var sheet = Sheet()
    let errors = findings.count { $0.severity == "error" }
    let counts = [(errors, "error"), (findings.count - errors, "warning")].filter { $0.0 > 0 }
      .map { Wording.count($0.0, $0.1) }.joined(separator: ", ")
    sheet.line("\(path): \(isSound ? "sound" : "unsound")\(counts.isEmpty ? "" : ": \(counts)")")
    for finding in findings {
      sheet.line("  \(finding.severity): \(finding.object.map { "\($0): " } ?? "")\(finding.cause)")
      if let remedy = finding.remedy { sheet.line("    remedy: \(remedy)") }
    }
    return sheet.text
  }
}
