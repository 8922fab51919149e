import ArgumentParser
import Inspection

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check stores: seal, checksums, structure, shapes and values.",
    discussion: """
      Reads every byte. Ends with 0 if all stores are sound (warnings do not count), with 2 if one is not.

      Examples:
        therapi verify tcga.h5ad
        therapi verify *.h5ad --json
      """)

  @Argument(help: "The stores, .h5ad files.", completion: .file(extensions: ["h5ad"]))
  var stores: [String]

  @OptionGroup var reporting: ReportOptions

  func run() throws {
    var checks: [StoreCheck] = []
    for store in stores {
      try Task.checkCancellation()
      let check = try StoreCheck(of: store)
      if !reporting.isJSON { try Output.write(check.text) }
      checks.append(check)
    }
    if reporting.isJSON { try Output.write(json: ["stores": checks]) }
    if !checks.allSatisfy(\.isSound) { throw ExitCode(2) }
  }
}
