import Glibc

package enum StudentT {
  /// P(T > t); `degreesOfFreedom` > 0 need not be whole.
  package static func survival(_ t: Double, degreesOfFreedom v: Double) -> Double {
    if t.isNaN || !(v > 0) { return .nan }
    let tail = 0.5 * Beta.cumulative(v / (v + t * t), v / 2, 0.5)
    return t < 0 ? 1 - tail : tail
  }

  /// The t with P(T ≤ t) = p; NaN outside [0, 1].
  package static func quantile(_ p: Double, degreesOfFreedom v: Double) -> Double {
    if p.isNaN || p < 0 || p > 1 || !(v > 0) { return .nan }
    if p > 0.5 { return -quantile(1 - p, degreesOfFreedom: v) }
    if p == 0 { return -.infinity }
    if p == 0.5 { return 0 }
    return -(v * exp(-Beta.logitQuantile(2 * p, v / 2, 0.5))).squareRoot()
  }

  /// The two-sided critical value at a confidence level.
  package static func criticalValue(level: Double, degreesOfFreedom: Double) -> Double {
    -quantile((1 - level) / 2, degreesOfFreedom: degreesOfFreedom)
  }
}
