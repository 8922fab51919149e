import Cohorts
import Configurations
import Files
import Foundation
import Problems
import Runs

/// Where a store comes from: inputs, configuration, versions, and everything that was left out.
struct Provenance {
  let configuration: IngestConfiguration
  let inputs: [InputLedger.Entry]
  let drops: DropLog

  init(_ configuration: IngestConfiguration, inputs: [InputLedger.Entry], drops: DropLog) {
    self.configuration = configuration
    self.inputs = inputs
    self.drops = drops
  }

  var value: StoreValue {
    get throws {
      var group: [String: StoreValue] = [
        "config": .string(configuration.effectiveText),
        "config_sha256": .string(SHA256.hex(of: configuration.effectiveText.utf8)),
        "inputs": .frame(inputFrame),
        "dropped": .frame(drops.frame),
        "counts": .frame(drops.countFrame),
        "versions": .group(["therapi": .string(ToolVersion.current)]),
      ]
      if let created = try Self.created { group["created"] = .string(created) }
      return .group(group)
    }
  }

  private var inputFrame: Frame {
    var frame = Frame(indexName: "file", index: inputs.map(\.name))
    frame.set("role", .categorical(inputs.map(\.role)))
    frame.set("bytes", .doubles(inputs.map { Double($0.bytes) }))
    frame.set("sha256", .strings(inputs.map(\.sha256)))
    return frame
  }

  /// The time in SOURCE_DATE_EPOCH, if it is set: without it a store holds no time, so that equal input gives equal
  /// bytes.
  private static var created: String? {
    get throws {
      guard let text = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"] else { return nil }
      // Four digits hold the years up to 9999.
      guard let seconds = Int(text), (0..<253_402_300_800).contains(seconds) else {
        throw ConfigurationError(
          at: nil, "SOURCE_DATE_EPOCH is '\(text)', not a whole number of seconds since 1970",
          remedy: "unset it, or set it right")
      }
      return ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: TimeInterval(seconds)))
    }
  }
}
