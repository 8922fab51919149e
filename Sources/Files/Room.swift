import CFallocate
import Glibc

/// Takes room on the disk for the first bytes of a file, whose size stays as it is.
///
/// The number of the system's error, such as `ENOSPC`; nil where room was taken, and where the file system cannot.
package func takeRoom(_ file: Int32, bytes: Int) -> Int32? {
  let code = CFallocate_keepingSize(file, bytes)
  return code == 0 || code == EOPNOTSUPP ? nil : code
}
