/// Running sums of one group while rows pass in ascending order of score, every row counting 1.
///
/// A run of equal scores is settled when the group's next score arrives: within a run, positives and
/// negatives are tied. All that enters is whole or fixed-point, so the sums do not depend on the order
/// of rows; DeLong's squared ranks need 128 bits.
struct RankState {
  // What is known before the walk
  var rows = 0
  var allPositives = 0

  // The run that is not settled yet
  var runStart = UInt32.max
  var startPositives = 0
  var startNegatives = 0
  var overallBelow = 0.0
  var overallAbove = 0.0

  var positives = 0
  var negatives = 0

  /// Twice the number of concordant pairs, ties one half.
  var concordant: UInt64 = 0
  /// Σ (2·V₁₀·negatives)² and Σ (2·V₀₁·positives)²: DeLong's components before division.
  var squared10 = WideSum()
  var squared01 = WideSum()
  /// Products with the components over all rows, for the covariance with the whole.
  var cross10 = 0.0
  var cross01 = 0.0
  var linear10 = 0.0
  var linear01 = 0.0

  /// Sums behind average precision and its influence function (see `AveragePrecisionSums`).
  var precision = AveragePrecisionSums()

  /// Fixed-point sums at the scales of `FixedScale`.
  var scorePositive = WideSum()
  var scoreNegative = WideSum()
  var squaredScore = WideSum()
  var logLoss = WideSum()
  var squaredLogLoss = WideSum()
  var brier = WideSum()
  var squaredBrier = WideSum()

  @inline(__always)
  mutating func begin(run: UInt32, overallBelow below: Double, overallAbove above: Double) {
    settle()
    runStart = run
    startPositives = positives
    startNegatives = negatives
    overallBelow = below
    overallAbove = above
  }

  /// Enters the pending run into the sums.
  @inline(__always)
  mutating func settle() {
    let tiedPositives = positives &- startPositives
    let tiedNegatives = negatives &- startNegatives
    if tiedPositives > 0 {
      let below = UInt64(truncatingIfNeeded: 2 &* startNegatives &+ tiedNegatives)
      let count = UInt64(truncatingIfNeeded: tiedPositives)
      concordant &+= count &* below
      squared10.add(count, times: below &* below)
      cross10 += Double(count &* below) * overallBelow
      linear10 += Double(count) * overallBelow
      let remaining = Double(rows &- startPositives &- startNegatives)
      precision.enter(
        positives: Double(count), squaredPositives: Double(count),
        remainingPositives: Double(allPositives &- startPositives), remaining: remaining)
    }
    if tiedNegatives > 0 {
      let above = UInt64(truncatingIfNeeded: 2 &* (allPositives &- positives) &+ tiedPositives)
      let count = UInt64(truncatingIfNeeded: tiedNegatives)
      squared01.add(count, times: above &* above)
      cross01 += Double(count &* above) * overallAbove
      linear01 += Double(count) * overallAbove
      precision.enter(squaredNegatives: Double(count))
    }
  }
}

/// Powers of two by which terms are multiplied before they are rounded to whole numbers. The largest
/// term of each kind stays below 2⁶³, and its last bit below 2⁻⁴⁷.
enum FixedScale {
  static let score = 0x1p60
  static let logLoss = 0x1p52
  static let squaredLogLoss = 0x1p48
  static let brier = 0x1p60
}

/// Average precision and the sums behind its variance, gathered in ascending order of score.
///
/// With C and T the weight of rows and of positives at or above a score, r = T / C, and A and B the sums
/// of 1/C and T/C² over the positives at or below it, the influence function of average precision is
/// (y·(r + A − AP) − B) / π, π the share of positives (functional delta method on Σ y·T/C / Σ y).
struct AveragePrecisionSums {
  private(set) var a = 0.0
  private(set) var b = 0.0
  /// Σ w·r over positives: AP times the weight of positives.
  private(set) var precision = 0.0
  /// Σ w², Σ w²·x, Σ w²·x² over positives with x = r + A − B, and Σ w²·B² over negatives.
  private(set) var squares = 0.0
  private(set) var first = 0.0
  private(set) var second = 0.0
  private(set) var negative = 0.0

  @inline(__always)
  mutating func enter(
    positives: Double, squaredPositives: Double, remainingPositives: Double, remaining: Double
  ) {
    guard remaining > 0 else { return }
    let ratio = remainingPositives / remaining
    a += positives / remaining
    b += positives * ratio / remaining
    precision += positives * ratio
    let x = ratio + a - b
    squares += squaredPositives
    first += squaredPositives * x
    second += squaredPositives * x * x
  }

  @inline(__always)
  mutating func enter(squaredNegatives: Double) { negative += squaredNegatives * b * b }

  /// Average precision; nil without positives. `positives` is their weight.
  func value(positives: Double) -> Double? { positives > 0 ? min(1, precision / positives) : nil }

  /// Σ w²·IF² / W²: the sandwich variance of the value.
  func variance(positives: Double) -> Double? {
    guard let ap = value(positives: positives) else { return nil }
    let sum = second - 2 * ap * first + ap * ap * squares + negative
    // What cancellation leaves of a sum that is zero in truth is no variation.
    let noise = 1e-13 * (second + ap * ap * squares + negative)
    return (sum > noise ? sum : 0) / (positives * positives)
  }
}
