import Matrices

/// A record of operations, by which gradients are found from the last to the first.
///
/// Each operation that has an argument with a gradient leaves a node with what its backward pass needs. Finding the
/// gradients takes the nodes off the tape as it goes, and with them the memory, unless the gradients are to be
/// differentiated themselves.
package final class Tape {
  /// Gradients by the arguments of a node, in their order, from that by its result; nil where there is none.
  typealias Backward = (_ output: Variable?, _ gradient: Variable) -> [Variable?]

  private struct Node {
    /// Places of the arguments' nodes; nil for constants.
    var arguments: [Int?] = []
    /// The result, where the backward pass reads it.
    var output: Tensor?
    var backward: Backward?
  }

  package let lanes: Lanes
  package let pool: BufferPool
  /// Whether operations leave nodes; not so where only results are wanted.
  private(set) var isRecording: Bool
  private var nodes: [Node] = []
  /// Number of the first node: those of nodes that were taken off are not used again.
  private var first = 0
  /// Which nodes lead to a wanted one, while gradients are found.
  private var reaches: [Bool]?
  private var leaves: [ObjectIdentifier: (parameter: Parameter, variable: Variable)] = [:]

  package init(isRecording: Bool = true, lanes: Lanes, pool: BufferPool) {
    self.isRecording = isRecording
    self.lanes = lanes
    self.pool = pool
  }

  // MARK: Leaves

  package func constant(_ tensor: Tensor) -> Variable { Variable(value: tensor, node: nil, tape: self) }

  /// A number as a constant.
  package func constant(_ value: Float) -> Variable { constant(Tensor([], repeating: value, pool: pool)) }

  /// A variable that gradients may be wanted for.
  package func variable(_ tensor: Tensor) -> Variable {
    guard isRecording else { return constant(tensor) }
    return append(Node(), tensor)
  }

  /// The variable of a parameter: one on each tape, however often it is used.
  package func variable(_ parameter: Parameter) -> Variable {
    if let leaf = leaves[ObjectIdentifier(parameter)] { return leaf.variable }
    let leaf = variable(parameter.value)
    leaves[ObjectIdentifier(parameter)] = (parameter, leaf)
    return leaf
  }

  /// Takes everything off the tape; variables that were on it keep their numbers, but nothing can be made of them.
  package func reset() {
    first += nodes.count
    nodes.removeAll(keepingCapacity: true)
    leaves.removeAll(keepingCapacity: true)
  }

  // MARK: Operations

  /// The result of an operation as a variable; `backward` is kept if one of the arguments needs a gradient.
  func record(
    _ value: Tensor, of arguments: [Variable], keepsOutput: Bool = false, backward: @escaping Backward
  ) -> Variable {
    guard isRecording, arguments.contains(where: { $0.node != nil }) else { return constant(value) }
    return append(
      Node(arguments: arguments.map(place), output: keepsOutput ? value : nil, backward: backward), value)
  }

  private func append(_ node: Node, _ value: Tensor) -> Variable {
    nodes.append(node)
    return Variable(value: value, node: first + nodes.count - 1, tape: self)
  }

  /// Where the node of a variable stands on the tape; nil for a constant.
  private func place(of variable: Variable) -> Int? {
    guard let node = variable.node else { return nil }
    precondition(variable.tape === self, "a variable of another tape")
    precondition(node >= first, "a variable that was taken off the tape; use its detached numbers")
    return node - first
  }

  /// Whether a gradient by a node may be wanted; while gradients are found, whether it is.
  func needsGradient(_ node: Int) -> Bool {
    guard let reaches, reaches.indices.contains(node - first) else { return true }
    return reaches[node - first]
  }

  /// Called by backward passes that cannot be differentiated themselves.
  func requireFirstOrder(_ operation: String) {
    precondition(!isRecording, "the gradient of \(operation) cannot be differentiated; build it of primitives")
  }

  // MARK: Gradients

  /// The gradients of a single number by variables of this tape; nil for one that it does not depend on.
  ///
  /// With `areDifferentiable` the gradients are themselves on the tape and the record stays; otherwise it is used up.
  package func gradients(
    of result: Variable, by wanted: [Variable], areDifferentiable: Bool = false
  ) -> [Variable?] {
    precondition(result.value.count == 1, "gradients of a single number, not of shape \(result.shape)")
    guard let last = place(of: result), isRecording else { return wanted.map { _ in nil } }
    let places = wanted.map(place)
    let (reaches, isWanted) = paths(to: places, from: last)
    (isRecording, self.reaches) = (areDifferentiable, reaches)
    defer { (isRecording, self.reaches) = (true, nil) }
    var slots = [Variable?](repeating: nil, count: last + 1)
    slots[last] = constant(Tensor(result.shape, repeating: 1, pool: pool))
    for index in (0...last).reversed() {
      let node = nodes[index]
      if !areDifferentiable { nodes[index] = Node() }
      guard reaches[index], let backward = node.backward, let gradient = slots[index] else { continue }
      if !isWanted.contains(index) { slots[index] = nil }
      let output = node.output.map { Variable(value: $0, node: areDifferentiable ? first + index : nil, tape: self) }
      for (argument, part) in zip(node.arguments, backward(output, gradient)) {
        guard let argument, reaches[argument], let part else { continue }
        add(part, to: &slots[argument])
      }
    }
    if !areDifferentiable { reset() }
    return places.map { $0.flatMap { $0 <= last ? slots[$0] : nil } }
  }

  /// The gradients by parameters, as tensors; nil for one that the result does not depend on.
  package func gradients(of result: Variable, by parameters: [Parameter]) -> [Tensor?] {
    gradients(of: result, by: parameters.map(variable)).map { $0?.value }
  }

  /// Which nodes lead to a wanted one.
  private func paths(to wanted: [Int?], from last: Int) -> (reaches: [Bool], isWanted: Set<Int>) {
    let isWanted = Set(wanted.compactMap(\.self))
    var reaches = [Bool](repeating: false, count: last + 1)
    for index in 0...last {
      reaches[index] = isWanted.contains(index) || nodes[index].arguments.contains { $0.map { reaches[$0] } ?? false }
    }
    return (reaches, isWanted)
  }

  /// Adds a part of a gradient to what is there, in place where nobody else sees that.
  private func add(_ part: Variable, to slot: inout Variable?) {
    guard let shape = slot?.shape else {
      slot = part
      return
    }
    precondition(part.shape == shape, "gradients of shapes \(shape) and \(part.shape) for one variable")
    if !isRecording, slot?.value.isOnlyOwner() == true, let sum = slot?.value.pointer {
      Elementwise.run(.add, sum, part.value.pointer, into: sum, count: part.value.count, lanes: lanes)
    } else {
      slot = slot.map { $0 + part }
    }
  }
}
