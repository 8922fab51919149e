/// A value under `uns`. Groups are written in the order of their sorted keys, so equal values give equal bytes.
package indirect enum StoreValue: Sendable, Equatable {
  case string(String)
  case integer(Int64)
  case number(Double)
  case flag(Bool)
  case strings([String])
  case integers([Int64])
  case numbers([Double])
  case matrix(Matrix)
  case frame(Frame)
  case group([String: StoreValue])
}
