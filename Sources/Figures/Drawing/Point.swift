/// A place in a picture: to the right, and down.
typealias Point = SIMD2<Double>

/// A rectangle of a picture.
struct Area: Equatable {
  var left: Double
  var top: Double
  var width: Double
  var height: Double

  var right: Double { left + width }
  var bottom: Double { top + height }
  var centre: Point { Point(left + width / 2, top + height / 2) }
}
