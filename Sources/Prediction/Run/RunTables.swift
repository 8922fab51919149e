/// The tables of a run as text: comma-separated, quoted where a name needs it (RFC 4180), numbers with the fewest digits
/// that read back the same.
enum RunTables {
  static func splits(_ pairs: TrainingPairs, _ plan: FoldPlan) -> String {
    var text = "sample,drug,label,fold\n"
    for pair in 0..<pairs.count { text += row(pairs, pair, plan) + "\n" }
    return text
  }

  /// `logits`: one a pair.
  static func predictions(_ pairs: TrainingPairs, _ plan: FoldPlan, logits: [Float]) -> String {
    var text = "sample,drug,label,fold,logit\n"
    for pair in 0..<pairs.count { text += row(pairs, pair, plan) + ",\(logits[pair])\n" }
    return text
  }

  static func curves(_ curves: [[PredictorEpoch]]) -> String {
    var text = "fold,epoch,training_loss,validation_loss\n"
    for (fold, curve) in curves.enumerated() {
      for (epoch, losses) in curve.enumerated() {
        text += "\(fold),\(epoch + 1),\(losses.training),\(losses.stopping)\n"
      }
    }
    return text
  }

  private static func row(_ pairs: TrainingPairs, _ pair: Int, _ plan: FoldPlan) -> String {
    let (sample, drug) = (pairs.samples[pairs.sampleOf[pair]], pairs.drugs[pairs.drugOf[pair]])
    return "\(field(sample)),\(field(drug)),\(pairs.labels[pair] > 0 ? 1 : 0),\(plan.foldOf[pair])"
  }

  private static func field(_ text: String) -> String {
    guard text.utf8.contains(where: { [0x2C, 0x22, 0x0A, 0x0D].contains($0) }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
