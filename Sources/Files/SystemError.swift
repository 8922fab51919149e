import Glibc

/// What the system says about the call that just failed.
package func lastSystemError() -> String { systemError(errno) }

/// What the system says about an error number.
package func systemError(_ code: Int32) -> String { String(cString: strerror(code)) }
