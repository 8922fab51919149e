/// Where a problem lies: a line and a field of a text file, or an object inside an HDF5 file.
package struct Place: Sendable, Equatable, CustomStringConvertible {
  package var file: String
  /// Counted from 1, with the header as line 1.
  package var line: Int?
  /// A column's name, or its number counted from 1.
  package var field: String?
  /// Path of a group, data set or attribute inside an HDF5 file, such as `/obs/tissue`.
  package var object: String?

  package init(_ file: String, line: Int? = nil, field: String? = nil, object: String? = nil) {
    self.file = file
    self.line = line
    self.field = field
    self.object = object
  }

  /// `file:line:field` for text, `file:/path` for HDF5.
  package var description: String {
    var text = file
    if let line { text += ":\(line)" }
    if let field { text += ":\(field)" }
    if let object { text += object.hasPrefix("/") ? ":\(object)" : ":/\(object)" }
    return text
  }
}
