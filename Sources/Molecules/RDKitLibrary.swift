import CRDKit
import Glibc
import Problems

/// RDKit, loaded when it is first asked for and kept until the program ends.
package enum RDKitLibrary {
  private static let fileName = "libtherapi-rdkit.so"

  private static let loaded: Result<CRDKit_Functions, MoleculeError> = Result { () throws(MoleculeError) in try load() }

  /// RDKit's version, such as 2022.09.3: the same conformers are promised within one version only. Throws
  /// `MoleculeError` `.unloadable`.
  package static func version() throws(MoleculeError) -> String { try String(cString: functions().version()) }

  static func functions() throws(MoleculeError) -> CRDKit_Functions { try loaded.get() }

  /// Looks beside the program, then where the system's loader looks.
  private static func load() throws(MoleculeError) -> CRDKit_Functions {
    let candidates = [programFolder().map { "\($0)/\(fileName)" }, fileName].compactMap { $0 }
    let path = candidates.first { access($0, R_OK) == 0 } ?? fileName
    guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL), let symbol = dlsym(library, "CRDKit_functions") else {
      throw unloadable(dlerror().map { String(cString: $0) } ?? "no reason is given")
    }
    return unsafeBitCast(symbol, to: CRDKit_Entry.self)().pointee
  }

  private static func programFolder() -> String? {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    let text = String(cString: path)
    return text.lastIndex(of: "/").map { String(text[..<$0]) }
  }

  private static func unloadable(_ reason: String) -> MoleculeError {
    MoleculeError(
      .unloadable, at: nil, "RDKit, which reads molecules, cannot be loaded: \(reason)",
      remedy: "keep \(fileName), which make release builds, in the program's folder; on Debian and Ubuntu, RDKit itself"
        + " is the package librdkit1")
  }
}
