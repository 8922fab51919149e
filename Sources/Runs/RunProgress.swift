/// Where a run tells how far it is; the program decides whether and how to show it.
package protocol RunProgress: AnyObject {
  /// `done` of `total` bytes of the input called `name` are read.
  func advance(_ name: String, done: Int, total: Int)
  /// A step without a measure begins.
  func begin(_ step: String)
}
