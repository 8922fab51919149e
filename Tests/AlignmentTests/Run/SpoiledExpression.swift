import Files
import Foundation
import HDF5

@testable import Cohorts

/// A store whose X is changed behind therapi's back, under a seal that fits.
enum SpoiledExpression {
  /// Sets one number of X by its place, row after row.
  static func set(_ value: Float, at place: Int, in path: String) throws {
    let file = try HDF5File.open(path, .readWrite)
    let dataset = try file.root.dataset("X")
    var values = try dataset.read(as: Float.self)
    values[place] = value
    try dataset.write(values)
    try file.close()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let seal = StoreSeal(sha256: SHA256.hex(of: bytes.dropFirst(512)), bytes: bytes.count - 512)
    bytes.replaceSubrange(0..<512, with: seal.block)
    try bytes.write(to: URL(fileURLWithPath: path))
  }
}
