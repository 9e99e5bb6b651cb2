/// How a metric is to be read: its entry in the catalogue, as an evaluation carries it.
package struct MetricEntry: Sendable, Codable, Equatable {
  package enum Direction: String, Sendable, Codable {
    case higherIsBetter = "higher_is_better"
    case lowerIsBetter = "lower_is_better"
    /// Neither: a count, a prevalence, a selection rate.
    case neutral
  }

  /// What the numbers are, which decides how they are printed and whether ratios make sense.
  package enum Kind: String, Sendable, Codable {
    /// Rows or weight.
    case count
    /// A share of rows with a numerator and a denominator, in [0, 1].
    case rate
    /// A score made of several rates, in [0, 1] (F1, balanced accuracy, AUC).
    case index
    /// In [−1, 1] (MCC).
    case correlation
    /// A mean loss in [0, ∞).
    case loss
    /// A mean of scores.
    case mean
  }

  /// Stable identifier, as in slices.csv: `true_positive_rate`.
  package var id: String
  /// Name for people: `True positive rate`.
  package var name: String
  /// Short name for a column head: `TPR`.
  package var symbol: String
  /// The formula in words, with its source.
  package var formula: String
  package var kind: Kind
  package var direction: Direction
  /// What the denominator counts: `rows`, `positives`, `predicted positives`, ….
  package var denominator: String
  /// How the interval was made: `Wilson score`, `DeLong on the logit scale`, …; nil for counts.
  package var interval: String?
  /// The class that a one-versus-rest metric is about; nil in a binary task.
  package var classLabel: String?
  /// The cut-off of a metric at k; nil elsewhere.
  package var k: Int?

  package init(
    id: String, name: String, symbol: String, formula: String, kind: Kind, direction: Direction,
    denominator: String, interval: String?, classLabel: String? = nil, k: Int? = nil
  ) {
    self.id = id
    self.name = name
    self.symbol = symbol
    self.formula = formula
    self.kind = kind
    self.direction = direction
    self.denominator = denominator
    self.interval = interval
    self.classLabel = classLabel
    self.k = k
  }
}
