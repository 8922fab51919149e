import Foundation
import HDF5
import Testing

@testable import Networks

/// Figures of PyTorch 2.13.0, in double precision and rounded; made by Fixtures/make_fixtures.py.
struct Fixture {
  let root: HDF5Group
  let pool = BufferPool()

  init(_ name: String) throws {
    root = try HDF5File.open(#require(Bundle.module.path(forResource: "Fixtures/\(name)", ofType: "h5"))).root
  }

  func values(_ name: String) throws -> [Float] { try root.dataset(name).read(as: Float.self) }

  func tensor(_ name: String) throws -> Tensor {
    let dataset = try root.dataset(name)
    return Tensor(dataset.shape, try dataset.read(as: Float.self), pool: pool)
  }

  func parameter(_ name: String, under path: String) throws -> Parameter {
    Parameter(name, try tensor("\(path)/\(name)"))
  }
}

extension Tensor {
  /// Takes over the numbers of another tensor.
  func fill(from other: Tensor) {
    precondition(shape == other.shape, "numbers of shape \(other.shape) for \(shape)")
    pointer.update(from: other.pointer, count: count)
  }
}

extension [Float] {
  /// The largest difference, by the largest of the expected numbers.
  func distance(to expected: [Float]) -> Float {
    guard count == expected.count else { return .infinity }
    let largest = expected.map(abs).max() ?? 1
    return (zip(self, expected).map { abs($0 - $1) }.max() ?? 0) / (largest > 0 ? largest : 1)
  }
}
