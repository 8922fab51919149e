import Dispatch
import Problems
import Synchronization

/// The graphs of a list of drugs, and the drugs that have none.
package struct DrugGraphs: Sendable {
  /// What becomes of a list with a drug whose SMILES gives no graph.
  package enum FaultRule: String, Sendable, CaseIterable {
    /// The drug is left out, named and counted.
    case skip
    /// The list is refused.
    case error
  }

  package struct Member: Sendable {
    package let drug: DrugStructure
    /// The SMILES by which the drug can be joined to others.
    package let canonicalSMILES: String
    /// Parts that are not bonded to each other: more than 1 for salts.
    package let fragments: Int
    package let graph: MoleculeGraph
  }

  package struct Skipped: Sendable {
    package let drug: DrugStructure
    package let error: MoleculeError
  }

  /// In the order of the list.
  package let members: [Member]
  /// In the order of the list.
  package let skipped: [Skipped]

  /// The members whose distances are those of a drawing.
  package var planar: [Member] { members.filter { $0.graph.coordinates != .embedded } }

  /// Makes the graphs on as many threads as told, with the same bits on any number of them. With the rule `.error` the
  /// list's first fault is thrown; a SMILES that cannot be read before any conformer is made.
  package init(
    of drugs: [DrugStructure], rule: FaultRule, settings: MoleculeSettings = MoleculeSettings(), threads: Int = 1
  ) throws(MoleculeError) {
    precondition(threads > 0, "\(threads) threads")
    if rule == .error {
      for drug in drugs { _ = try Molecule(drug, largestAtomCount: settings.largestAtomCount) }
    }
    var (members, skipped): ([Member], [Skipped]) = ([], [])
    for (drug, outcome) in zip(drugs, Self.outcomes(of: drugs, settings, threads: threads)) {
      switch outcome {
      case .success(let member): members.append(member)
      case .failure(let error) where rule == .error: throw error
      case .failure(let error): skipped.append(Skipped(drug: drug, error: error))
      }
    }
    self.members = members
    self.skipped = skipped
  }

  private typealias Outcome = Result<Member, MoleculeError>

  /// One for each drug, in the order of the list. Each thread takes the next drug that none has taken.
  private static func outcomes(
    of drugs: [DrugStructure], _ settings: MoleculeSettings, threads: Int
  ) -> [Outcome] {
    let next = Atomic<Int>(0)
    let finished = Mutex<[(index: Int, outcome: Outcome)]>([])
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < drugs.count else { return }
        let outcome = outcome(of: drugs[index], settings)
        finished.withLock { $0.append((index, outcome)) }
      }
    }
    return finished.withLock { $0.sorted { $0.index < $1.index }.map(\.outcome) }
  }

  private static func outcome(of drug: DrugStructure, _ settings: MoleculeSettings) -> Outcome {
    Outcome { () throws(MoleculeError) in
      let molecule = try Molecule(drug, largestAtomCount: settings.largestAtomCount)
      return try Member(
        drug: drug, canonicalSMILES: molecule.canonicalSMILES(), fragments: molecule.fragmentCount(),
        graph: MoleculeGraph(of: molecule, settings: settings))
    }
  }
}
