import Foundation
import Glibc

/// A process that keeps a core busy until it is ended, and for no more than some seconds.
package final class BusyProcess {
  private let process = Process()

  package init() throws {
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    // It counts, so that a test that crashes leaves nothing behind for long.
    process.arguments = ["-c", "count=0; while [ $count -lt 5000000 ]; do count=$((count + 1)); done"]
    (process.standardInput, process.standardOutput) = (FileHandle.nullDevice, FileHandle.nullDevice)
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  /// Ends it, whichever signals the process inherited as blocked.
  package func end() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
