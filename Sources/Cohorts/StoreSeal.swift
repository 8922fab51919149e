import Problems

/// The 512 bytes of text in front of a store's HDF5 content, by which the file verifies itself.
///
/// HDF5 calls this a user block; every reader skips it.
package struct StoreSeal: Sendable, Equatable {
  /// Version of the store's layout.
  package let version: Int
  /// SHA-256 of everything after the seal.
  package let sha256: String
  /// Number of bytes after the seal.
  package let bytes: Int

  static let length = 512
  static let currentVersion = 1

  /// The block as it stands in the file. Everything in it is checked, so no bit of it can flip unseen.
  var block: [UInt8] {
    let text = """
      therapi-store \(version)
      sha256 \(sha256)
      bytes \(bytes)

      An AnnData store (.h5ad): HDF5 content behind 512 bytes of text.
      The sum is that of the content: tail -c +513 FILE | sha256sum

      """
    var block = Array(text.utf8)
    block.append(contentsOf: repeatElement(UInt8(ascii: " "), count: StoreSeal.length - 1 - block.count))
    block.append(UInt8(ascii: "\n"))
    return block
  }

  init(version: Int = currentVersion, sha256: String, bytes: Int) {
    self.version = version
    self.sha256 = sha256
    self.bytes = bytes
  }

  /// Reads a block; nil if it is not one, or not one in every byte.
  init?(block: [UInt8]) {
    guard block.count == StoreSeal.length, let text = String(validating: block, as: UTF8.self) else { return nil }
    let lines = text.split(separator: "\n", maxSplits: 3, omittingEmptySubsequences: false)
    guard lines.count == 4, lines[0].hasPrefix("therapi-store "), lines[1].hasPrefix("sha256 "),
      lines[2].hasPrefix("bytes "), let version = Int(lines[0].dropFirst(14)), let bytes = Int(lines[2].dropFirst(6)),
      lines[1].utf8.count == 7 + 64
    else { return nil }
    self.init(version: version, sha256: String(lines[1].dropFirst(7)), bytes: bytes)
    guard self.block == block else { return nil }
  }

  /// The seal of a file, or nil if it has none, as in stores of other programs.
  /// Whether a file begins with a seal, and so is a store that therapi wrote.
  package static func isSealed(_ path: String) throws -> Bool { try read(FileDescriptor.reading(path)) != nil }

  static func read(_ file: FileDescriptor) throws -> StoreSeal? {
    let block = try file.bytes(at: 0, count: length)
    if let seal = StoreSeal(block: block) {
      guard seal.version <= currentVersion else {
        throw StoreError(
          .offProfile, at: Place(file.path), "is a store of version \(seal.version); this program knows 1",
          remedy: "use a newer version of therapi")
      }
      return seal
    }
    // HDF5 content behind 512 bytes that are no seal: the seal itself was hit.
    let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
    guard try block.starts(with: signature) || file.bytes(at: length, count: signature.count) != signature else {
      throw StoreError(
        .damaged, at: Place(file.path), "the seal in its first 512 bytes is damaged", remedy: StoreError.damagedRemedy)
    }
    return nil
  }
}
