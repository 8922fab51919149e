import HDF5
import Problems

/// What an examination of a store found.
package struct StoreVerification: Sendable {
  package struct Finding: Sendable, Equatable, CustomStringConvertible {
    package enum Severity: String, Sendable { case error, warning }
    package let severity: Severity
    package let place: Place
    /// What is wrong, as one sentence without a full stop.
    package let cause: String
    package let remedy: String?

    package var description: String {
      let head = "\(severity.rawValue): \(place): \(cause)"
      return remedy.map { "\(head)\n  remedy: \($0)" } ?? head
    }
  }

  package let findings: [Finding]

  /// Whether there is no error; warnings do not count.
  package var isSound: Bool { !findings.contains { $0.severity == .error } }

  /// Examines a whole store in blocks, so that memory does not grow with the number of samples: its seal, the
  /// checksums, the encodings, the shapes and the values. Everything that is wrong becomes a finding; only a file
  /// that another process holds throws.
  package init(of path: String) throws { try self.init(of: path, isLocking: true) }

  init(of path: String, isLocking: Bool) throws {
    var examination = StoreExamination(path: path)
    try examination.run(isLocking: isLocking)
    findings = examination.findings
  }
}

/// An examination under way.
struct StoreExamination {
  typealias Finding = StoreVerification.Finding

  let path: String
  private(set) var findings: [Finding] = []

  init(path: String) { self.path = path }

  mutating func run(isLocking: Bool) throws {
    guard examineSeal() else { return }
    do {
      let root = try HDF5File.open(path, isLocking: isLocking).root
      collect(root.place) { try $0.examineRoot(root) }
      // Values are looked at only where the structure holds.
      guard findings.allSatisfy({ $0.severity == .warning }) else { return }
      collect(root.place) { try $0.examineValues(root) }
    } catch let error as HDF5Error {
      if error.kind == .locked { throw StoreError(reading: error) }
      add(StoreError(reading: error), at: Place(path))
    }
  }

  /// Runs a part of the examination; what it throws is a finding, and the other parts go on.
  mutating func collect(_ place: Place, _ body: (inout StoreExamination) throws -> Void) {
    do {
      try body(&self)
    } catch let error as HDF5Error {
      add(StoreError(reading: error), at: place)
    } catch let error as StoreError {
      add(error, at: place)
    } catch {
      report(.error, place, String(describing: error))
    }
  }

  mutating func report(
    _ severity: Finding.Severity, _ place: Place, _ cause: String, remedy: String? = "make the store again"
  ) {
    let finding = Finding(severity: severity, place: place, cause: cause, remedy: remedy)
    if !findings.contains(finding) { findings.append(finding) }
  }

  private mutating func add(_ error: StoreError, at place: Place) {
    report(.error, error.place ?? place, error.cause, remedy: error.remedy)
  }

  /// Compares the bytes with the seal. False if the file cannot be read or is not what was sealed: its content would
  /// only tell the same once more, and less clearly.
  private mutating func examineSeal() -> Bool {
    let before = findings.count
    collect(Place(path)) { examination in
      let file = try FileDescriptor.reading(examination.path)
      guard let seal = try StoreSeal.read(file) else {
        examination.report(
          .warning, Place(examination.path), "has no seal, so its bytes cannot be checked as a whole",
          remedy: "stores that therapi writes have one")
        return
      }
      try seal.check(try file.sum(from: StoreSeal.length), at: Place(examination.path))
    }
    return findings.dropFirst(before).allSatisfy { $0.severity == .warning }
  }
}
