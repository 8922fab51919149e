import Figures
import TestSupport

/// The pictures of docs/figures.md, of generated numbers. They use no logarithms, so that every machine draws the same.
enum Gallery {
  static var all: [(name: String, figure: any Figure)] {
    [("projection", projection), ("survival", survival), ("boxes", boxes), ("paired-boxes", pairedBoxes)]
  }

  /// About normal: the sum of twelve even numbers.
  private static func normal(_ random: inout SeededGenerator) -> Double {
    (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
  }

  private static var projection: ProjectionFigure {
    let centres: [(Double, Double)] = [(30, 0), (14, 27), (-16, 26), (-30, -2), (-13, -28), (17, -25)]
    func panel(_ name: String, apart: Double) -> ProjectionFigure.Panel {
      var random = SeededGenerator(seed: 7)
      var panel = ProjectionFigure.Panel(name: name, x: [], y: [], groups: [])
      for centre in centres {
        for number in 0..<50 {
          let isPatient = number < 20
          panel.x.append(centre.0 + 5 * normal(&random) + (isPatient ? apart : 0))
          panel.y.append(centre.1 + 5 * normal(&random) - (isPatient ? 0.6 * apart : 0))
          panel.groups.append(isPatient ? "patient" : "cell line")
        }
      }
      return panel
    }
    return ProjectionFigure(
      title: "Cell lines and patients (generated)",
      caption: "Generated points of six tissues: patients lie apart from cell lines before the alignment, and among "
        + "them after it.",
      panels: [panel("before: expression", apart: 70), panel("after: aligned expression", apart: 0)],
      legendTitle: "sample")
  }

  private static var survival: SurvivalFigure {
    SurvivalFigure(
      title: "Overall survival by heterogeneity (generated)",
      caption: "Generated patients, split at the median entropy of their mixtures: Kaplan-Meier curves with bands of "
        + "95 %, ticks at censored patients, and below the numbers at risk.",
      curves: [curve("entropy high", longest: 2400, seed: 11), curve("entropy low", longest: 4200, seed: 12)],
      statement: "generated: no test")
  }

  /// Kaplan and Meier's estimate with Greenwood's plain interval, for a picture only.
  private static func curve(_ name: String, longest: Double, seed: UInt64) -> SurvivalFigure.Curve {
    var random = SeededGenerator(seed: seed)
    let patients = (0..<60).map { _ in
      let (event, leaves) = (
        Double.random(in: 20...longest, using: &random), Double.random(in: 300...3600, using: &random)
      )
      return (duration: min(event, leaves).rounded(), isEvent: event <= leaves)
    }
    var curve = SurvivalFigure.Curve(
      name: name, times: [], survival: [], lower: [], upper: [], durations: patients.map(\.duration),
      events: patients.map(\.isEvent))
    var (share, variance) = (1.0, 0.0)
    for time in Set(patients.filter(\.isEvent).map(\.duration)).sorted() {
      let atRisk = Double(patients.count { $0.duration >= time })
      let events = Double(patients.count { $0.duration == time && $0.isEvent })
      share *= 1 - events / atRisk
      if atRisk > events { variance += events / (atRisk * (atRisk - events)) }
      let margin = 1.96 * share * variance.squareRoot()
      curve.times.append(time)
      curve.survival.append(share)
      curve.lower.append(max(0, share - margin))
      curve.upper.append(min(1, share + margin))
    }
    return curve
  }

  private static var boxes: BoxFigure {
    var random = SeededGenerator(seed: 21)
    func values(_ count: Int, around centre: Double) -> [Double] { (0..<count).map { _ in centre + normal(&random) } }
    return BoxFigure(
      title: "Predicted response (generated)",
      caption: "Generated logits of patients who did not answer a drug and of those who did.",
      groups: [
        .init(name: "non-responder", values: values(40, around: -0.3)),
        .init(name: "responder", values: values(25, around: 0.7)), .init(name: "not known", values: []),
      ],
      valueLabel: "logit, mean over folds", statement: "generated: no test")
  }

  private static var pairedBoxes: PairedBoxFigure {
    var random = SeededGenerator(seed: 22)
    func values(_ count: Int, around centre: Double) -> [Double] { (0..<count).map { _ in centre + normal(&random) } }
    return PairedBoxFigure(
      title: "Predicted response: MSI against MSS (generated)",
      caption: "Generated log odds of three drugs for two groups of patients.", first: "MSI", second: "MSS",
      pairs: [("irinotecan", 1.2), ("oxaliplatin", 0.4), ("5-fluorouracil", 0)].map { name, shift in
        .init(
          name: name, first: values(15, around: shift - 1), second: values(60, around: -1),
          statements: ["generated: no p"])
      }, valueLabel: "log odds of response")
  }
}
