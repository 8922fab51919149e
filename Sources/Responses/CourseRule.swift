/// What becomes of a patient who had a drug in several courses with known response.
package enum CourseRule: String, Sendable, CaseIterable {
  /// A responder if any course was answered.
  case best
  /// A responder if every course was answered.
  case worst
  case first
  /// Courses that differ are an error.
  case error

  /// The label of the courses, given in the order of the file; nil where the rule refuses to decide.
  package func label(of courses: [Bool]) -> Bool? {
    switch self {
    case .best: courses.contains(true)
    case .worst: !courses.contains(false)
    case .first: courses.first
    case .error: Set(courses).count == 1 ? courses.first : nil
    }
  }
}
