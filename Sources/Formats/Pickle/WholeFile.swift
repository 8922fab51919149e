import Foundation
import Problems

/// The plain bytes of a file whose size is known before it is read.
final class WholeFile: ByteSource {
  let size: Int
  private let place: Place
  private let stream: UnsafeMutablePointer<FILE>

  init(path: String) throws {
    place = Place(path)
    guard let stream = fopen(path, "rb") else {
      throw FormatError(.unreadable, at: place, "cannot open the file: \(String(cString: strerror(errno)))")
    }
    self.stream = stream
    var status = stat()
    size = fstat(fileno(stream), &status) == 0 ? Int(status.st_size) : 0
  }

  deinit { fclose(stream) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let base = buffer.baseAddress, buffer.count > 0 else { return 0 }
    let count = fread(base, 1, buffer.count, stream)
    if count == 0, ferror(stream) != 0 {
      throw FormatError(.unreadable, at: place, "cannot read the file: \(String(cString: strerror(errno)))")
    }
    return count
  }
}
