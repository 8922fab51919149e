import Testing

@testable import Networks

@Suite("Gradients")
struct GradientTests {
  @Test("are the central differences", arguments: OperationCase.primitives + OperationCase.fused)
  func first(operation: OperationCase) {
    var check = operation.check()
    check.run(operation.name)
  }

  /// Large shapes are left out: the kernels are those of the first order.
  @Test(
    "of gradients are the central differences",
    arguments: OperationCase.primitives.filter { $0.shapes.allSatisfy { $0.reduce(1, *) < 200 } })
  func second(operation: OperationCase) {
    var check = operation.check(gradients(of: operation.operation))
    check.run(operation.name)
  }

  @Test("of the third order are the central differences", arguments: ["GELU", "tanh", "softmax", "convolution"])
  func third(name: String) throws {
    let operation = try #require(OperationCase.primitives.first { $0.name == name && $0.shapes[0].reduce(1, *) > 8 })
    var check = operation.check(gradients(of: gradients(of: operation.operation)))
    check.run(name)
  }

  @Test(
    "of fused operations are of the first order alone, and the program says so",
    arguments: ["layer normalisation", "batch normalisation", "squared distance", "cross entropy"])
  func firstOrderOnly(name: String) async throws {
    await #expect(processExitsWith: .failure) { [name = name as String] in
      guard let operation = OperationCase.fused.first(where: { $0.name == name }) else { return }
      var check = operation.check(gradients(of: operation.operation))
      check.run(name)
    }
  }
}
