/// Windows along the last axis of batch x channels x length, laid out as the rows of a matrix, so that a convolution
/// becomes a product (im2col).
package struct Unfolding: Equatable {
  package var batch: Int
  package var channels: Int
  package var length: Int
  /// Numbers of each channel in a window.
  package var width: Int
  package var stride: Int
  /// Zeros before the first number and behind the last.
  package var padding: Int

  package init(batch: Int, channels: Int, length: Int, width: Int, stride: Int = 1, padding: Int = 0) {
    precondition(width > 0 && stride > 0 && padding >= 0, "windows of \(width) by \(stride), padded by \(padding)")
    precondition(length + 2 * padding >= width, "windows of \(width) on \(length), padded by \(padding)")
    (self.batch, self.channels, self.length) = (batch, channels, length)
    (self.width, self.stride, self.padding) = (width, stride, padding)
  }

  /// Windows of each sample.
  package var windows: Int { (length + 2 * padding - width) / stride + 1 }

  /// Writes batch x windows rows of channels x width numbers.
  package func run(_ a: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, lanes: Lanes) {
    let columns = channels * width
    Elementwise.splitRows(batch * windows, columns, lanes) { part in
      for row in part {
        let (sample, start) = (a + row / windows * channels * length, row % windows * stride - padding)
        let (inside, out) = (inside(start), out + row * columns)
        if inside.count < width { out.update(repeating: 0, count: columns) }
        for channel in 0..<channels {
          let (from, to) = (sample + channel * length + start, out + channel * width)
          for index in inside { to[index] = from[index] }
        }
      }
    }
  }

  /// Adds each number of the windows to where `run` took it from: its adjoint.
  package func fold(_ windowed: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, lanes: Lanes) {
    let columns = channels * width
    out.update(repeating: 0, count: batch * channels * length)
    lanes.split(batch, least: batch * windows * columns >= Elementwise.least ? 0 : .max) { part in
      for row in part.lowerBound * windows..<part.upperBound * windows {
        let (sample, start) = (out + row / windows * channels * length, row % windows * stride - padding)
        let (inside, own) = (inside(start), windowed + row * columns)
        for channel in 0..<channels {
          let (to, from) = (sample + channel * length + start, own + channel * width)
          for index in inside { to[index] += from[index] }
        }
      }
    }
  }

  /// The part of a window that begins at `start` that is no padding.
  private func inside(_ start: Int) -> Range<Int> {
    let lower = min(max(0, -start), width)
    return lower..<max(lower, min(width, length - start))
  }
}
