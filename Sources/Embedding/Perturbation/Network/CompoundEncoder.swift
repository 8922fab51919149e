import Networks

/// CSG2A's encoder of a drug in a condition: the molecule, the dose and the time to one number for each gene.
package struct CompoundEncoder {
  /// Numbers that a dose, and a time, are turned into.
  private static let codeWidth = 2

  private let transformer: MoleculeTransformer
  private let doseCode: Linear
  private let timeCode: Linear
  private let projection: Linear
  private let norm: BatchNorm
  private let dropout: Dropout

  package init(
    _ name: String, genes: Int, transformer: MoleculeTransformer.Shape, dropout: Float, pool: BufferPool,
    using generator: inout some RandomNumberGenerator
  ) {
    self.transformer = MoleculeTransformer("\(name).MAT", transformer, pool: pool, using: &generator)
    doseCode = Linear("\(name).dose_enc", inputs: 1, outputs: Self.codeWidth, pool: pool, using: &generator)
    timeCode = Linear("\(name).time_enc", inputs: 1, outputs: Self.codeWidth, pool: pool, using: &generator)
    projection = Linear(
      "\(name).comp_proj.0", inputs: transformer.width + 2 * Self.codeWidth, outputs: genes, hasBias: false, pool: pool,
      using: &generator)
    norm = BatchNorm("\(name).comp_proj.1", width: genes, pool: pool)
    self.dropout = Dropout(rate: dropout)
  }

  package var parameters: [Parameter] {
    transformer.parameters + [doseCode, timeCode, projection].flatMap(\.parameters) + norm.parameters
  }

  package var buffers: [Buffer] { norm.buffers }

  /// Molecules x genes; the conditions are one a molecule.
  package func callAsFunction(
    _ molecules: [MoleculeNodes], _ conditions: [DrugCondition], _ pass: inout Pass, on tape: Tape
  ) -> Variable {
    precondition(molecules.count == conditions.count, "\(molecules.count) molecules, \(conditions.count) conditions")
    return encode(transformer(molecules, on: tape), conditions, &pass, on: tape)
  }

  /// Molecules x genes, from the molecules' means over their nodes, molecules x width.
  private func encode(
    _ molecules: Variable, _ conditions: [DrugCondition], _ pass: inout Pass, on tape: Tape
  ) -> Variable {
    func column(_ values: [Float]) -> Variable { tape.constant(Tensor([values.count, 1], values, pool: tape.pool)) }
    let coded = Variable.concatenated(
      [molecules, doseCode(column(conditions.map(\.scaledDose))), timeCode(column(conditions.map(\.scaledTime)))],
      axis: 1)
    return dropout(rectifying: norm(projection(coded), pass), &pass)
  }
}
