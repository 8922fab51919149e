import Formats
import Glibc
import Outcomes
import Problems

/// A predictor that knows nothing of a sample: the share of responders among a drug's training pairs, fold by fold.
///
/// What a model adds to it is what it knows of samples. Shares are (positives + 0.5) / (pairs + 1), so that their log
/// odds are finite; a drug without a training pair has the share of all.
struct DrugMeanBaseline {
  private struct Tally {
    var pairs = 0.0
    var positives = 0.0
  }

  private struct Pair {
    var sample: String
    var drug: String
    var label: Int
    var fold: Int
  }

  private let pairs: [Pair]
  let folds: Int
  /// By fold: tallies of the pairs that are in none of its tests, all together under "".
  private let tallies: [[String: Tally]]

  /// Reads the splits of a run: sample, drug, label, fold.
  init(splits path: String) throws {
    let table = try TableReader(FileSource(path), path: path)
    let columns = try ["sample", "drug", "label", "fold"].map { try table.column($0) }
    var pairs: [Pair] = []
    while try table.advance() {
      let (label, fold) = (try table.number(columns[2]), try table.number(columns[3]))
      guard let label = Int(exactly: label), let fold = Int(exactly: fold), fold >= 0 else {
        throw StudyError(
          .damaged, at: Place(path, line: table.line), "is no pair with its label and fold",
          remedy: "take the folder of the run away")
      }
      pairs.append(Pair(sample: table.text(columns[0]), drug: table.text(columns[1]), label: label, fold: fold))
    }
    folds = (pairs.map(\.fold).max() ?? -1) + 1
    var tallies = [[String: Tally]](repeating: [:], count: folds)
    for pair in pairs {
      for fold in 0..<folds where fold != pair.fold {
        for name in [pair.drug, ""] {
          tallies[fold][name, default: Tally()].pairs += 1
          tallies[fold][name, default: Tally()].positives += Double(pair.label)
        }
      }
    }
    (self.pairs, self.tallies) = (pairs, tallies)
  }

  /// Log odds of a drug by the pairs that a fold trains on.
  func logit(of drug: String, fold: Int) -> Double {
    let tally = tallies[fold][drug] ?? tallies[fold][""] ?? Tally()
    return log((tally.positives + 0.5) / (tally.pairs - tally.positives + 0.5))
  }

  /// Each pair of the run as the fold that tests it predicts it, as a table.
  var heldOut: String {
    var text = "sample,drug,label,fold,logit\n"
    for pair in pairs {
      text +=
        "\(CSV.field(pair.sample)),\(CSV.field(pair.drug)),\(pair.label),\(pair.fold),"
        + "\(logit(of: pair.drug, fold: pair.fold))\n"
    }
    return text
  }
}
