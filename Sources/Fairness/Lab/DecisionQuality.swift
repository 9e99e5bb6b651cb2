import Metrics
import Results
import Statistics

/// Accuracy or balanced accuracy of all decisions as a function of who is selected: a sum over groups, up to a
/// constant and a scale.
struct DecisionQuality {
  let metric: BinaryMetric
  /// What a unit of selected positives adds and of selected negatives takes away. Whole numbers where counts are.
  let gain: Double
  let loss: Double
  private let whole: ThresholdGroup
  private let level: Double

  /// Nil where it is undefined, which depends on the labels alone.
  init?(_ metric: BinaryMetric, of whole: ThresholdGroup, level: Double) {
    let (positives, negatives) = (whole.positives, whole.negatives)
    if metric == .accuracy {
      guard positives + negatives > 0 else { return nil }
      (gain, loss) = (1, 1)
    } else {
      guard positives > 0, negatives > 0 else { return nil }
      (gain, loss) = (negatives, positives)
    }
    (self.metric, self.whole, self.level) = (metric, whole, level)
  }

  func score(_ selected: ThresholdGroup.Selected) -> Double {
    gain * selected.positives - loss * selected.negatives
  }

  /// Scores that differ by less are alike: far below one row, above what rounding leaves of weights.
  var slack: Double { 1e-12 * (gain * whole.positives + loss * whole.negatives) }

  /// Accuracy with Wilson's interval (1927); balanced accuracy, (1 + TPR − FPR)/2, with that of a difference of two
  /// independent rates (MOVER, Zou & Donner 2008): Newcombe's. With weights at Kish's effective size.
  func estimate(_ selected: ThresholdGroup.Selected) -> (value: Double, limits: Interval?) {
    let counts = whole.counts(selected)
    if metric == .accuracy {
      guard let share = BinaryMetric.accuracy.rate?.share(of: counts), let value = share.value else {
        return (.nan, nil)
      }
      return (value, limits(share))
    }
    guard let found = BinaryMetric.truePositiveRate.rate?.share(of: counts),
      let wrong = BinaryMetric.falsePositiveRate.rate?.share(of: counts), let a = found.value,
      let b = wrong.value, let left = limits(found), let right = limits(wrong)
    else { return (Composite.value(.balancedAccuracy, counts.weights) ?? .nan, nil) }
    let difference = DifferenceInterval.mover(a, left, b, right)
    return (
      Composite.value(.balancedAccuracy, counts.weights) ?? .nan,
      Interval(lower: (1 + difference.lower) / 2, upper: (1 + difference.upper) / 2)
    )
  }

  private func limits(_ share: RateDefinition.Share) -> Interval? {
    guard share.effectiveCount > 0, share.effectiveCount.isFinite else { return nil }
    return ProportionInterval.wilson(
      successes: share.effectiveSuccesses, trials: share.effectiveCount, level: level)
  }
}
