import HDF5
import Problems

extension StoreError {
  static let damagedRemedy = "the bytes changed after the store was written: take it from a backup or make it again"

  /// A failure of the HDF5 layer while a store is read.
  init(reading error: HDF5Error) {
    let isInside = error.place?.object != nil
    let kind: Kind =
      switch error.kind {
      case .missing, .mismatch, .tooLarge: .offProfile
      case .locked: .locked
      case .unreadable, .unwritable: isInside || error.cause.contains("truncated file") ? .damaged : .unreadable
      }
    self.init(kind, at: error.place, error.cause, remedy: error.remedy)
  }

  /// A failure of the HDF5 layer while the store `path` is written under another name.
  init(writing error: HDF5Error, to path: String) {
    self.init(
      .notCommitted, at: Place(path, object: error.place?.object), error.cause,
      remedy: error.remedy ?? "see that the disk has room and the folder may be written; \(path) is as it was")
  }

  static func reading<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as HDF5Error { throw StoreError(reading: error) }
  }

  static func offProfile(_ place: Place, _ cause: String) -> StoreError {
    StoreError(.offProfile, at: place, cause, remedy: "write it with anndata 0.8 or later, or with therapi")
  }
}
