import Matrices
import Networks

/// Makes the inputs of batches: expression after the drug a row a pair, samples and drugs each once, with the rows of
/// the pairs.
struct PairBatches {
  let data: PredictorData
  let lanes: Lanes
  let pool: BufferPool

  func inputs(_ pairs: ArraySlice<Int>) -> [PredictorBranch: ResponsePredictor.Input] {
    var inputs: [PredictorBranch: ResponsePredictor.Input] = [:]
    if let perturbed = data.perturbed {
      inputs[.perturbation] = .init(rows(pairs, of: perturbed, columns: data.genes))
    }
    if let ranks = data.ranks {
      inputs[.rank] = once(pairs.map { data.pairs.sampleOf[$0] }, of: ranks, columns: data.rank)
    }
    inputs[.drug] = once(pairs.map { data.pairs.drugOf[$0] }, of: data.compounds, columns: data.genes)
    return inputs
  }

  func labels(_ pairs: ArraySlice<Int>) -> Tensor {
    Tensor([pairs.count], pairs.map { data.pairs.labels[$0] }, pool: pool)
  }

  /// Each row that is named, once, in ascending order.
  private func once(_ places: [Int], of table: [Float], columns: Int) -> ResponsePredictor.Input {
    var row = [Int?](repeating: nil, count: table.count / columns)
    for place in places { row[place] = 0 }
    let distinct = row.indices.filter { row[$0] != nil }
    for (number, place) in distinct.enumerated() { row[place] = number }
    return .init(rows(distinct[...], of: table, columns: columns), rows: places.compactMap { row[$0] })
  }

  private func rows(_ places: ArraySlice<Int>, of table: [Float], columns: Int) -> Tensor {
    let out = Tensor([places.count, columns], pool: pool)
    RowSelection(Array(places), columns: columns).gather(table, into: out.pointer, lanes: lanes)
    return out
  }
}
