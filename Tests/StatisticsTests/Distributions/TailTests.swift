import TestSupport
import Testing

@testable import Statistics

@Suite("Tails of distributions")
struct TailTests {
  @Test("agree with scipy: incomplete beta, Student's t, chi-squared")
  func golden() throws {
    let fixture = try TestsFixture.load()
    for entry in fixture.beta {
      let found = IncompleteBeta.value(entry.x, rest: 1 - entry.x, a: entry.a, b: entry.b)
      // Logarithms of gamma functions of hundreds lose three digits in their difference.
      #expect(agree(found, entry.value, to: 1e-11), "\(entry)")
    }
    for entry in fixture.student {
      // The logarithm of the gamma function of 125,000 is a million: ten digits of it are left.
      #expect(agree(Tail.twoSidedStudent(entry.t, degrees: entry.degrees), entry.p, to: 1e-9), "\(entry)")
    }
    for entry in fixture.chi { #expect(agree(Tail.chiSquared1(entry.statistic), entry.p, to: 1e-13), "\(entry)") }
  }

  @Test("the incomplete beta function has its symmetry, its ends, and grows")
  func beta() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<500 {
      let (a, b) = (Double.random(in: 0.1...60, using: &generator), Double.random(in: 0.1...60, using: &generator))
      let x = Double.random(in: 0...1, using: &generator)
      let value = IncompleteBeta.value(x, rest: 1 - x, a: a, b: b)
      #expect((0...1).contains(value))
      #expect(abs(value + IncompleteBeta.value(1 - x, rest: x, a: b, b: a) - 1) < 1e-12)
      let further = min(1, x + 0.01)
      #expect(IncompleteBeta.value(further, rest: 1 - further, a: a, b: b) >= value - 1e-13)
      #expect(abs(IncompleteBeta.value(x, rest: 1 - x, a: 1, b: 1) - x) < 1e-13)
    }
    #expect(IncompleteBeta.value(0, rest: 1, a: 2, b: 3) == 0 && IncompleteBeta.value(1, rest: 0, a: 2, b: 3) == 1)
  }

  @Test("Student's t tends to the normal, and the square of a normal is chi-squared")
  func limits() {
    for z in [0.0, 0.3, 1, Tail.normalQuantile, 4] {
      // The two differ by a term of the order of 1 / degrees.
      #expect(abs(Tail.twoSidedStudent(z, degrees: 1e7) - Tail.twoSidedNormal(z)) < 1e-6)
      #expect(agree(Tail.chiSquared1(z * z), Tail.twoSidedNormal(z), to: 1e-13))
      #expect(agree(Tail.normal(z) + Tail.normal(-z), 1, to: 1e-15))
    }
    #expect(agree(Tail.normal(Tail.normalQuantile), 0.025, to: 1e-14))
  }
}
