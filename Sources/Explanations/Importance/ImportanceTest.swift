import Results
import Statistics

/// Interval and p-value of one importance.
struct ImportanceTest {
  let lower: Double
  let upper: Double
  let pValue: Double

  /// - Parameter isOneSided: whether only a positive importance is of interest
  /// - Parameter comparisons: among how many the quantity was chosen (Bonferroni)
  init(
    importance: Double, variance: RowColumnVariance, level: Double, isOneSided: Bool, comparisons: Int
  ) {
    let error = variance.variance.squareRoot()
    let degrees = variance.degreesOfFreedom
    let margin =
      StudentT.criticalValue(level: 1 - (1 - level) / Double(comparisons), degreesOfFreedom: degrees) * error
    (lower, upper) = (importance - margin, importance + margin)
    let statistic = importance / error
    let tail =
      isOneSided
      ? StudentT.survival(statistic, degreesOfFreedom: degrees)
      : 2 * StudentT.survival(abs(statistic), degreesOfFreedom: degrees)
    pValue = min(1, tail * Double(comparisons))
  }
}
