import COpenBLAS
import Glibc

/// OpenBLAS, loaded when the first product is asked for and kept until the program ends, its own threads switched off.
///
/// Linked in, it would start those threads with every program; they look for work for some hundredths of a second, and
/// take a processor from whoever reads a file meanwhile.
struct OpenBLAS {
  let sgemm: COpenBLAS_sgemm

  static let loaded = OpenBLAS()

  private static let fileName = "libopenblas.so.0"

  private init() {
    let library = dlopen(OpenBLAS.fileName, RTLD_NOW | RTLD_LOCAL)
    func symbol(_ name: String) -> UnsafeMutableRawPointer {
      guard let library, let symbol = dlsym(library, name) else {
        let cause = dlerror().map { String(cString: $0) } ?? "no reason is given"
        fatalError("OpenBLAS cannot be loaded: \(cause). Install the Debian package libopenblas0")
      }
      return symbol
    }
    unsafeBitCast(symbol("openblas_set_num_threads"), to: COpenBLAS_setThreads.self)(1)
    sgemm = unsafeBitCast(symbol("cblas_sgemm"), to: COpenBLAS_sgemm.self)
  }
}
