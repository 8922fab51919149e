import Foundation
import Testing

/// The pictures of docs/figures.md are snapshots: a change of how figures look is seen in review.
///
/// After a change that is meant: `THERAPI_RECORD_PICTURES=1 swift test --disable-xctest --filter GalleryTests`.
@Suite("Pictures of the documentation")
struct GalleryTests {
  private static let isRecording = ProcessInfo.processInfo.environment["THERAPI_RECORD_PICTURES"] != nil

  @Test("are as recorded, and small")
  func snapshots() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    for (name, figure) in Gallery.all {
      let file = root.appendingPathComponent("docs/pictures/\(name).svg")
      let svg = figure.svg
      if Self.isRecording { try svg.write(to: file, atomically: true, encoding: .utf8) }
      #expect(try svg == String(contentsOf: file, encoding: .utf8), "\(name)")
      #expect(svg.utf8.count < 60_000)
    }
  }
}
