import Foundation
import HDF5
import Testing

@testable import Embedding

/// A small BERT encoder with random weights in both formats, and what transformers 5.23 makes of it in double precision.
struct Golden {
  let folder: String
  private let file: HDF5File

  init() throws {
    let fixtures = try #require(Bundle.module.path(forResource: "Fixtures", ofType: nil))
    folder = "\(fixtures)/geneformer_tiny"
    file = try HDF5File.open("\(folder)/expected.h5")
  }

  func doubles(_ name: String) throws -> [Double] { try file.root.dataset(name).read(as: Double.self) }

  func integers(_ name: String) throws -> [Int] {
    try file.root.dataset(name).read(as: Int64.self).map(Int.init)
  }

  /// The four sequences without their padding.
  func sequences() throws -> [[Int]] {
    let (ids, lengths) = (try integers("input_ids"), try integers("lengths"))
    let width = ids.count / lengths.count
    return lengths.enumerated().map { Array(ids[($0 * width)..<($0 * width + $1)]) }
  }

  /// The rows of a sequence in a data set of sequences x padded length x width.
  func rows(_ name: String, of sequence: Int) throws -> [Double] {
    let (values, lengths) = (try doubles(name), try integers("lengths"))
    let size = values.count / lengths.count
    let width = size / (try integers("input_ids").count / lengths.count)
    return Array(values[(sequence * size)..<(sequence * size + lengths[sequence] * width)])
  }

  func weights(_ file: String) throws -> EncoderWeights {
    try EncoderWeights(
      reading: "\(folder)/\(file)", EncoderConfiguration(reading: "\(folder)/config.json"))
  }
}

extension [Float] {
  /// The largest difference to other values, relative to the largest of them.
  func distance(to expected: [Double]) -> Double {
    guard count == expected.count else { return .infinity }
    let scale = expected.map(abs).max() ?? 1
    return (zip(self, expected).map { abs(Double($0) - $1) }.max() ?? 0) / scale
  }
}
