import Foundation

/// The folder of real data that may stand beside a checkout; tests that need it say that they skip without it.
package enum SharedData {
  /// `shared` beside the checkout, wherever and under whatever name that stands.
  package static let folder: String? = {
    let folder = URL(fileURLWithPath: Checkout.folder).deletingLastPathComponent().appendingPathComponent("shared").path
    return FileManager.default.fileExists(atPath: folder + "/data") ? folder : nil
  }()

  package static var isPresent: Bool { folder != nil }

  /// Path of a file below `shared/data`.
  package static func data(_ name: String) -> String { (folder ?? "") + "/data/" + name }

  /// Path of a file below `shared/golden`.
  package static func golden(_ name: String) -> String { (folder ?? "") + "/golden/" + name }
}
