/// How much of a drug cells were given, and for how long.
package struct DrugCondition: Sendable, Hashable, Codable {
  /// In uM.
  package var dose: Double
  /// In hours.
  package var hours: Double

  package init(dose: Double = 10, hours: Double = 72) { (self.dose, self.hours) = (dose, hours) }

  /// What the model is told: uM / 100.
  package var scaledDose: Float { Float(dose / 100) }

  /// What the model is told: h / 72.
  package var scaledTime: Float { Float(hours / 72) }
}
