import Files
import Foundation
import HDF5

@testable import Cohorts

/// Changes a store as another program would, and seals it anew so that only what was changed is wrong.
func spoil(_ path: String, _ change: (HDF5Group) throws -> Void) throws {
  let file = try HDF5File.open(path, .readWrite)
  try change(file.root)
  try file.close()
  var content = try Data(contentsOf: URL(fileURLWithPath: path))
  let seal = StoreSeal(sha256: SHA256.hex(of: content.dropFirst(512)), bytes: content.count - 512)
  content.replaceSubrange(0..<512, with: seal.block)
  try content.write(to: URL(fileURLWithPath: path))
}
