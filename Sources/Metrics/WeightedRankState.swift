/// Running sums of one group while rows pass in ascending order of score, each with a weight.
///
/// The weighted counterpart of `RankState`. Rows come in one fixed order (score, then row), so that the
/// sums are the same for any number of threads.
struct WeightedRankState {
  var allWeight = 0.0
  var allPositives = 0.0

  var runStart = UInt32.max
  var overallBelow = 0.0
  var overallAbove = 0.0
  /// The pending run: weights and squared weights.
  var tiedPositives = 0.0
  var tiedNegatives = 0.0
  var tiedSquaredPositives = 0.0
  var tiedSquaredNegatives = 0.0

  /// Settled runs and the pending one.
  var positives = 0.0
  var negatives = 0.0
  var positiveRows = 0
  var negativeRows = 0

  var concordant = 0.0
  /// Σ w²·V, Σ w²·V² for positives (10) and negatives (01), V twice DeLong's component before division.
  var linear10 = 0.0
  var squared10 = 0.0
  var linear01 = 0.0
  var squared01 = 0.0
  /// Σ w²·V·V′ and Σ w²·V′ with V′ over all rows.
  var cross10 = 0.0
  var cross01 = 0.0
  var overall10 = 0.0
  var overall01 = 0.0
  /// Σ w² of positives and negatives.
  var squaresPositive = 0.0
  var squaresNegative = 0.0
  var precision = AveragePrecisionSums()

  var score = WeightedSums()
  /// Σ w²·s·(1 − s): the variance of Σ w·y were the scores the true probabilities.
  var bernoulli = 0.0
  var logLoss = WeightedSums()
  var brier = WeightedSums()
  var bias = WeightedSums()

  @inline(__always)
  mutating func begin(run: UInt32, overallBelow below: Double, overallAbove above: Double) {
    settle()
    runStart = run
    overallBelow = below
    overallAbove = above
    (tiedPositives, tiedNegatives, tiedSquaredPositives, tiedSquaredNegatives) = (0, 0, 0, 0)
  }

  @inline(__always)
  mutating func enter(label: UInt8, weight: Double) {
    if label == 1 {
      positives += weight
      positiveRows &+= 1
      tiedPositives += weight
      tiedSquaredPositives += weight * weight
    } else {
      negatives += weight
      negativeRows &+= 1
      tiedNegatives += weight
      tiedSquaredNegatives += weight * weight
    }
  }

  @inline(__always)
  mutating func settle() {
    let startPositives = positives - tiedPositives
    let startNegatives = negatives - tiedNegatives
    if tiedPositives > 0 {
      let below = 2 * startNegatives + tiedNegatives
      let squares = tiedSquaredPositives
      concordant += tiedPositives * below
      squaresPositive += squares
      linear10 += squares * below
      squared10 += squares * below * below
      cross10 += squares * below * overallBelow
      overall10 += squares * overallBelow
      precision.enter(
        positives: tiedPositives, squaredPositives: squares,
        remainingPositives: allPositives - startPositives,
        remaining: allWeight - startPositives - startNegatives)
    }
    if tiedNegatives > 0 {
      let above = 2 * max(0, allPositives - positives) + tiedPositives
      let squares = tiedSquaredNegatives
      squaresNegative += squares
      linear01 += squares * above
      squared01 += squares * above * above
      cross01 += squares * above * overallAbove
      overall01 += squares * overallAbove
      precision.enter(squaredNegatives: squares)
    }
  }
}

/// Σ w·x, Σ w²·x and Σ w²·x² of some term x.
struct WeightedSums: Sendable, Equatable {
  var first = 0.0
  var squaredWeightFirst = 0.0
  var squaredWeightSecond = 0.0

  @inline(__always)
  mutating func enter(_ value: Double, weight: Double) {
    let product = weight * value
    first += product
    squaredWeightFirst += weight * product
    squaredWeightSecond += product * product
  }
}
