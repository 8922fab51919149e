/// The version of the program that wrote a store.
package enum ToolVersion {
  package static let current = "0.1.0"
}
