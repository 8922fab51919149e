import Glibc

/// The logarithm of Cox's partial likelihood with Efron's ties, its gradient and its negative second derivatives.
struct PartialLikelihood {
  struct Terms {
    var value = 0.0
    var gradient: [Double]
    /// Row-major and symmetric.
    var information: [[Double]]
  }

  /// One number a sample for each covariate.
  let columns: [[Double]]
  let strata: [EventTimes]
  let data: SurvivalData

  /// Sums of weights, weights times covariates, and weights times products of covariates.
  private struct Sums {
    var zero = 0.0
    var first: [Double]
    var second: [[Double]]

    init(_ count: Int) {
      first = Array(repeating: 0, count: count)
      second = Array(repeating: first, count: count)
    }

    mutating func add(_ weight: Double, _ sample: Int, _ columns: [[Double]]) {
      zero += weight
      for row in columns.indices {
        let weighted = weight * columns[row][sample]
        first[row] += weighted
        for column in 0...row { second[row][column] += weighted * columns[column][sample] }
      }
    }
  }

  func terms(at coefficients: [Double]) -> Terms {
    let predictors = predictors(coefficients)
    let shift = predictors.max() ?? 0
    let count = columns.count
    var terms = Terms(
      gradient: Array(repeating: 0, count: count),
      information: Array(repeating: Array(repeating: 0, count: count), count: count))
    for stratum in strata {
      var risk = Sums(count)
      for moment in stratum.moments {
        for sample in moment.entering { risk.add(exp(predictors[sample] - shift), sample, columns) }
        var dying = Sums(count)
        for sample in moment.dying {
          dying.add(exp(predictors[sample] - shift), sample, columns)
          terms.value += predictors[sample] - shift
          for row in 0..<count { terms.gradient[row] += columns[row][sample] }
        }
        Self.subtract(risk, dying, ties: moment.dying.count, from: &terms)
      }
    }
    for row in 0..<count { for column in 0..<row { terms.information[column][row] = terms.information[row][column] } }
    return terms
  }

  /// The l-th of d that die together leaves l/d of their weight out.
  private static func subtract(_ risk: Sums, _ dying: Sums, ties: Int, from terms: inout Terms) {
    let count = risk.first.count
    var means = [Double](repeating: 0, count: count)
    for tie in 0..<ties {
      let share = Double(tie) / Double(ties)
      let total = risk.zero - share * dying.zero
      terms.value -= log(total)
      for row in 0..<count {
        means[row] = (risk.first[row] - share * dying.first[row]) / total
        terms.gradient[row] -= means[row]
        for column in 0...row {
          let second = (risk.second[row][column] - share * dying.second[row][column]) / total
          terms.information[row][column] += second - means[row] * means[column]
        }
      }
    }
  }

  /// How far the linear predictors lie apart.
  func spread(_ coefficients: [Double]) -> Double {
    let predictors = predictors(coefficients)
    return (predictors.max() ?? 0) - (predictors.min() ?? 0)
  }

  private func predictors(_ coefficients: [Double]) -> [Double] {
    data.times.indices.map { sample in
      var sum = 0.0
      for place in columns.indices { sum += coefficients[place] * columns[place][sample] }
      return sum
    }
  }
}

/// The triangular factor L of a symmetric positive matrix L L^T.
struct CholeskyFactor {
  private let rows: [[Double]]

  /// nil for a matrix that is not positive, or nearly singular.
  init?(_ matrix: [[Double]]) {
    var rows = matrix
    for row in matrix.indices {
      for column in 0...row {
        var value = matrix[row][column]
        for inner in 0..<column { value -= rows[row][inner] * rows[column][inner] }
        if row == column {
          guard value > 1e-12 * matrix[row][row], value > 0 else { return nil }
          rows[row][row] = value.squareRoot()
        } else {
          rows[row][column] = value / rows[column][column]
        }
      }
    }
    self.rows = rows
  }

  func solve(_ right: [Double]) -> [Double] {
    var values = right
    for row in rows.indices {
      for column in 0..<row { values[row] -= rows[row][column] * values[column] }
      values[row] /= rows[row][row]
    }
    for row in rows.indices.reversed() {
      for below in row + 1..<max(row + 1, rows.count) { values[row] -= rows[below][row] * values[below] }
      values[row] /= rows[row][row]
    }
    return values
  }

  /// The diagonal of the matrix's inverse.
  var inverseDiagonal: [Double] {
    rows.indices.map { place in
      var unit = [Double](repeating: 0, count: rows.count)
      unit[place] = 1
      return solve(unit)[place]
    }
  }
}
