/// A picture with a title and a caption, made of plain numbers.
package protocol Figure: Sendable {
  /// What stands above the picture.
  var title: String { get }
  /// What the picture shows and how to read it, in whole sentences; the description that screen readers get.
  var caption: String { get }
  /// The picture as one SVG 1.1 document; the same values give the same bytes. It holds no ids, so that several can stand
  /// in one HTML page.
  var svg: String { get }
}
