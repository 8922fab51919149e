/// Words that portals write where they know nothing.
package enum MissingWords {
  /// In any table: empty, NA and their like.
  package static let common: Set<String> = ["", "NA", "N/A", "#N/A", "NaN", "nan", "null", "NULL", "None"]
  /// In TCGA's clinical tables beside those.
  package static let tcga: Set<String> = [
    "[Not Available]", "[Not Applicable]", "[Not Evaluated]", "[Unknown]", "[Discrepancy]", "[Completed]", "[Pending]",
  ]
}
