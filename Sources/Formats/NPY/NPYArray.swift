import Foundation
import Problems

/// An array read from a .npy file, in row-major order whatever the order in the file.
package struct NPYArray: Sendable, Equatable {
  package enum Values: Sendable, Equatable {
    case float32([Float])
    case float64([Double])
    case int32([Int32])
    case int64([Int64])
  }

  package var shape: [Int]
  package var values: Values

  /// The values as 32-bit floats, rounded where the file holds wider ones.
  package var floats: [Float] {
    switch values {
    case .float32(let values): values
    case .float64(let values): values.map(Float.init)
    case .int32(let values): values.map(Float.init)
    case .int64(let values): values.map(Float.init)
    }
  }

  /// Reads a .npy file of version 1 to 3; throws `FormatError` where shape and file size disagree.
  package init(path: String) throws {
    let place = Place(path)
    guard let file = fopen(path, "rb") else {
      throw FormatError(.unreadable, at: place, "cannot open the file: \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    let header = try Self.readHeader(file, at: place)
    let start = ftell(file)
    guard fseek(file, 0, SEEK_END) == 0 else { throw FormatError(.unreadable, at: place, "the file is no plain file") }
    let size = ftell(file) - start
    let expected = header.count * header.element.size
    guard size == expected, fseek(file, start, SEEK_SET) == 0 else {
      throw FormatError(
        size < expected ? .truncated : .malformed, at: place,
        "the file holds \(size) bytes of data, but its shape \(header.shape) of \(header.element) needs \(expected)",
        remedy: "write or copy the file again")
    }
    shape = header.shape
    switch header.element {
    case .float32: values = .float32(try Self.readValues(file, header, Float(0), at: place))
    case .float64: values = .float64(try Self.readValues(file, header, Double(0), at: place))
    case .int32: values = .int32(try Self.readValues(file, header, Int32(0), at: place))
    case .int64: values = .int64(try Self.readValues(file, header, Int64(0), at: place))
    }
  }

  private static func readHeader(_ file: UnsafeMutablePointer<FILE>, at place: Place) throws -> NPYHeader {
    let prefix = try bytes(8, file, at: place)
    guard prefix[..<6] == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59] else {
      throw FormatError(.wrongFormat, at: place, "the file does not begin like a NumPy array")
    }
    guard (1...3).contains(prefix[6]), prefix[7] == 0 else {
      throw FormatError(.wrongFormat, at: place, "NumPy format version \(prefix[6]).\(prefix[7]) is not known")
    }
    let length = try bytes(prefix[6] == 1 ? 2 : 4, file, at: place).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= 1 << 20 else {
      throw FormatError(.tooLarge, at: place, "the header claims \(length) bytes")
    }
    return try NPYHeader(literal: bytes(length, file, at: place)[...], at: place)
  }

  private static func bytes(_ count: Int, _ file: UnsafeMutablePointer<FILE>, at place: Place) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    guard fread(&bytes, 1, count, file) == count else {
      throw FormatError(.truncated, at: place, "the file ends inside its header")
    }
    return bytes
  }

  private static func readValues<T>(
    _ file: UnsafeMutablePointer<FILE>, _ header: NPYHeader, _ zero: T, at place: Place
  ) throws -> [T] {
    let count = header.count
    let values = try [T](unsafeUninitializedCapacity: count) { buffer, filled in
      guard let base = buffer.baseAddress, fread(base, MemoryLayout<T>.size, count, file) == count || count == 0 else {
        throw FormatError(.truncated, at: place, "the file ends inside its data")
      }
      filled = count
    }
    return header.isFortran && header.shape.count > 1 ? rowMajor(values, header.shape, zero) : values
  }

  /// Column-major values put into row-major order.
  private static func rowMajor<T>(_ values: [T], _ shape: [Int], _ zero: T) -> [T] {
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in 1..<shape.count { strides[axis] = strides[axis - 1] * shape[axis - 1] }
    var index = [Int](repeating: 0, count: shape.count)
    var source = 0
    var result = [T](repeating: zero, count: values.count)
    for target in result.indices {
      result[target] = values[source]
      var axis = shape.count - 1
      while axis >= 0 {
        index[axis] += 1
        source += strides[axis]
        if index[axis] < shape[axis] { break }
        source -= strides[axis] * shape[axis]
        index[axis] = 0
        axis -= 1
      }
    }
    return result
  }
}
