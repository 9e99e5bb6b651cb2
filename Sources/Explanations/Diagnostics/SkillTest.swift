import Glibc
import Statistics

/// Whether a model does better than one that knows no feature.
struct SkillTest {
  /// Log loss of the model and of the base rate for every row; nil unless scores are probabilities.
  let logLoss: (model: Double, baseRate: Double)?
  let area: Double
  /// Whether the mean difference of log losses is below 0, one-sided.
  let beatsBaseRate: Bool?
  /// Whether the area's lower limit is above one half.
  let ranksBetter: Bool

  /// Log loss is clipped to scores in [ε, 1 − ε], as everywhere here.
  private static let epsilon = 0x1p-52

  /// - Parameters:
  ///   - areProbabilities: whether scores in [0, 1] are to be taken for probabilities
  ///   - level: of the two-sided interval of the area, and of the one-sided test
  /// - Returns: nil where only one class has weight
  init?(
    scores: [Double], areProbabilities: Bool, labels: [UInt8], weights: [Double]?, units: [Int32]?,
    level: Double
  ) {
    guard let area = ROCArea(scores, labels: labels, weights: weights) else { return nil }
    self.area = area.value
    if let variance = area.variance(units: units), variance > 0 {
      let lower = AUCInterval.logit(auc: area.value, variance: variance, level: level)?.lower
      ranksBetter = (lower ?? area.value) > 0.5
    } else {
      ranksBetter = area.value > 0.5
    }
    guard areProbabilities, scores.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
      (logLoss, beatsBaseRate) = (nil, nil)
      return
    }
    let sum = weights?.reduce(0, +) ?? Double(labels.count)
    let positive = zip(labels, weights ?? labels.map { _ in 1 }).reduce(0) { $0 + Double($1.0) * $1.1 }
    let rate = positive / sum
    let pairs = zip(scores, labels).map { (Self.loss($0, $1), Self.loss(rate, $1)) }
    let shares = labels.indices.map { (weights?[$0] ?? 1) / sum }
    let model = zip(pairs, shares).reduce(0) { $0 + $1.0.0 * $1.1 }
    let base = zip(pairs, shares).reduce(0) { $0 + $1.0.1 * $1.1 }
    logLoss = (model, base)
    let parts = zip(pairs, shares).map { ($0.0 - $0.1 - (model - base)) * $1 }
    let error = UnitSums.variance(parts, units: units)?.squareRoot() ?? .infinity
    beatsBaseRate = model - base + Normal.quantile(level) * error < 0
  }

  private static func loss(_ score: Double, _ label: UInt8) -> Double {
    let clipped = min(max(score, epsilon), 1 - epsilon)
    return label == 1 ? -log(clipped) : -log1p(-clipped)
  }
}
