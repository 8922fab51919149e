import Cohorts
import Problems

/// Figures of what stores and runs hold; each reads what it shows and nothing else.
package enum StoreFigure {
  /// The file's name without folder and ending.
  static func name(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasSuffix(".h5ad") ? String(name.dropLast(5)) : name
  }

  /// What an alignment says of itself; throws `.missing` in a store that was not aligned.
  static func alignment(of store: CohortStore) throws -> AlignmentSummary {
    guard let alignment = try store.alignment() else {
      throw IllustrationError(
        .missing, at: Place(store.path, object: "/uns/alignment"), "is not there: the cohort was not aligned",
        remedy: "run `therapi align` with this store as --target")
    }
    return alignment
  }
}
