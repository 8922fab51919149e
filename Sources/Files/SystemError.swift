import Glibc

/// What the system says about the call that just failed.
package func lastSystemError() -> String { systemError(errno) }

/// What the system says about an error number.
package func systemError(_ code: Int32) -> String { String(cString: strerror(code)) }

/// A call of the system that failed, with the system's error number.
package struct SystemFailure: Error, Equatable {
  package let code: Int32

  package init(code: Int32) { self.code = code }

  /// What went wrong in the call that just failed.
  package static var last: SystemFailure { SystemFailure(code: errno) }

  package var words: String { systemError(code) }
}
