import Cohorts
import Formats
import Molecules
import Problems
import Sources

/// Drugs by name, with their SMILES.
package struct DrugList: Sendable {
  /// In the order of their table; a SMILES that is not known is empty.
  package let drugs: [DrugStructure]

  package init(_ drugs: [DrugStructure]) { self.drugs = drugs }

  /// The drugs of a store, from `uns/drugs`; throws `EmbeddingError` `.pairs` where there is no column `smiles`.
  package init(of store: CohortStore) throws {
    let place = Place(store.path, object: "/uns/drugs")
    guard case .frame(let frame) = try store.value(at: "drugs") else {
      throw EmbeddingError(
        .pairs, at: place, "is not there", remedy: "ingest the cohort with its responses, or give --drugs FILE")
    }
    guard case .strings(let smiles) = frame["smiles"] else {
      throw EmbeddingError(
        .pairs, at: place, "has no column smiles",
        remedy: "name a table of drugs with SMILES in the ingest configuration, or give --drugs FILE")
    }
    drugs = zip(frame.index, smiles).map { DrugStructure(name: $0, smiles: $1, at: place) }
  }

  /// Reads a table with the columns `drug` (or `name`) and `smiles`; throws `EmbeddingError` `.pairs` for a drug twice.
  package init(reading path: String) throws {
    let table = try RecordTable.read(
      InputFile(path),
      columns: [
        ColumnRequest("drug", ["drug", "name", "drug_name", "DRUG_NAME"]),
        ColumnRequest("smiles", ["smiles", "SMILES", "canonical_smiles"]),
      ])
    var lines: [String: Int] = [:]
    var drugs: [DrugStructure] = []
    for record in 0..<table.count {
      let name = table["drug"][record]
      if name.isEmpty || lines.updateValue(record, forKey: name) != nil {
        throw EmbeddingError(
          .pairs, at: table.place(record, "drug"), name.isEmpty ? "names no drug" : "names '\(name)' a second time",
          remedy: "give each drug one row")
      }
      drugs.append(DrugStructure(name: name, smiles: table["smiles"][record], at: table.place(record, "smiles")))
    }
    self.drugs = drugs
  }
}
