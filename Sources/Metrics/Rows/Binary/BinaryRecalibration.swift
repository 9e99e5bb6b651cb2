import Glibc

/// Logistic recalibration: labels on the logits of scores (Cox 1958), by Newton's method.
struct BinaryRecalibration: Sendable {
  enum Quantity: Sendable {
    case intercept
    case slope
    /// The intercept with the slope held at 1.
    case offset
  }

  /// Scores are kept this far from 0 and 1.
  static let clip = 1e-6

  /// The logit, a clipped score's.
  static func logit(_ score: Double) -> Double {
    let clipped = min(max(score, clip), 1 - clip)
    return log(clipped / (1 - clipped))
  }

  private struct Row {
    let logit: Double
    let label: Double
    let weight: Double
  }

  private let rows: [Row]
  private let fixesSlope: Bool
  private(set) var intercept = 0.0
  private(set) var slope = 1.0
  /// Σ w·p(1 − p)·(1, x, x²) at the estimate.
  private var information = SIMD4<Double>.zero

  /// - Throws: why there is no finite maximum of the likelihood.
  init(
    _ observations: BinaryRowObservations, _ slice: [UInt32], fixesSlope: Bool
  ) throws(BinaryUndefined) {
    self.fixesSlope = fixesSlope
    rows = slice.map { row in
      Row(
        logit: Self.logit(observations.score(Int(row))), label: observations.label(Int(row)),
        weight: observations.weight(Int(row)))
    }
    try checkOverlap()
    fit()
  }

  private func checkOverlap() throws(BinaryUndefined) {
    let (positives, negatives) = (range(label: 1), range(label: 0))
    guard let positives else { throw BinaryUndefined("no positives") }
    guard let negatives else { throw BinaryUndefined("no negatives") }
    guard !fixesSlope else { return }
    let (low, high) = (min(positives.0, negatives.0), max(positives.1, negatives.1))
    guard low < high else { throw BinaryUndefined("all scores are equal") }
    guard positives.0 < negatives.1, negatives.0 < positives.1 else {
      throw BinaryUndefined("a cut of the scores separates the classes")
    }
  }

  private func range(label: Double) -> (Double, Double)? {
    let logits = rows.lazy.filter { $0.label == label && $0.weight > 0 }.map(\.logit)
    guard let low = logits.min(), let high = logits.max() else { return nil }
    return (low, high)
  }

  private static func probability(_ eta: Double) -> Double {
    eta >= 0 ? 1 / (1 + exp(-eta)) : exp(eta) / (1 + exp(eta))
  }

  /// ln(1 + eˣ) without overflow.
  private static func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

  private func loss(_ intercept: Double, _ slope: Double) -> Double {
    rows.reduce(0) { sum, row in
      let eta = intercept + slope * row.logit
      return sum + row.weight * (Self.softplus(eta) - row.label * eta)
    }
  }

  /// The step that Newton's method takes from here; notes the information.
  private mutating func step() -> (Double, Double) {
    var gradient = SIMD2<Double>.zero
    information = .zero
    for row in rows {
      let p = Self.probability(intercept + slope * row.logit)
      let residual = row.weight * (row.label - p)
      gradient += SIMD2(residual, residual * row.logit)
      let curvature = row.weight * p * (1 - p)
      information += curvature * SIMD4(1, row.logit, row.logit * row.logit, 0)
    }
    return solve(gradient[0], gradient[1])
  }

  /// Information⁻¹ times a vector.
  private func solve(_ first: Double, _ second: Double) -> (Double, Double) {
    if fixesSlope { return (first / information[0], 0) }
    let determinant = information[0] * information[2] - information[1] * information[1]
    return (
      (information[2] * first - information[1] * second) / determinant,
      (information[0] * second - information[1] * first) / determinant
    )
  }

  private mutating func fit() {
    var current = loss(intercept, slope)
    for _ in 0..<60 {
      let (first, second) = step()
      guard first.isFinite, second.isFinite else { return }
      var scale = 1.0
      while scale > 1e-10 {
        let next = loss(intercept + scale * first, slope + scale * second)
        // At the optimum steps of the size of rounding neither gain nor lose.
        if next <= current + 1e-12 * abs(current) {
          current = next
          break
        }
        scale /= 2
      }
      intercept += scale * first
      slope += scale * second
      if abs(first) + abs(second) < 1e-13 * (1 + abs(intercept) + abs(slope)) { break }
    }
    _ = step()
  }

  /// ψ = I⁻¹·w·(1, x)·(label − p): the influence function of an M-estimator (Huber 1964).
  func write(_ quantity: Quantity, influence: inout [Double]) {
    for (position, row) in rows.enumerated() {
      let residual = row.weight * (row.label - Self.probability(intercept + slope * row.logit))
      let change = solve(residual, residual * row.logit)
      influence[position] = quantity == .slope ? change.1 : change.0
    }
  }

  static func measure(
    _ quantity: Quantity, _ observations: BinaryRowObservations, _ slice: [UInt32],
    influence: inout [Double]
  ) -> Measured {
    let counts = BinaryCounts(observations, slice)
    guard counts.total(counts.weights, .rows) > 0 else { return counts.undefined("zero weight", .rows) }
    do throws(BinaryUndefined) {
      let fit = try BinaryRecalibration(observations, slice, fixesSlope: quantity == .offset)
      fit.write(quantity, influence: &influence)
      return counts.measured(quantity == .slope ? fit.slope : fit.intercept, .rows)
    } catch {
      return counts.undefined(error.reason, .rows)
    }
  }
}
