import CCrypto

/// SHA-256 (FIPS 180-4) of bytes that come in pieces. Any thread may go on with it: nothing else holds its context.
package struct SHA256: ~Copyable, @unchecked Sendable {
  private let context: OpaquePointer

  package init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("libcrypto has no SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    let status = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    precondition(status == 1, "libcrypto refused \(bytes.count) bytes")
  }

  /// The sum as 64 lower-case hexadecimal digits.
  package consuming func hex() -> String {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    let status = EVP_DigestFinal_ex(context, &digest, &count)
    precondition(status == 1 && count == 32, "libcrypto gave no sum")
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest.prefix(32).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  package static func hex(of bytes: some Sequence<UInt8>) -> String {
    var sum = SHA256()
    Array(bytes).withUnsafeBytes { sum.update($0) }
    return sum.hex()
  }
}
