/// A value of the curve with its derivatives; nil slopes where there are none to be had.
struct BinaryCurveValue: Sendable {
  var value: Double
  var slopes: BinaryCurveSlopes?
}

/// A metric of the order in which scores put the rows.
struct BinaryCurveMetric: Sendable {
  typealias Value = @Sendable (BinaryCurve) throws(BinaryUndefined) -> BinaryCurveValue

  let basis: BinaryBasis
  let value: Value

  init(_ basis: BinaryBasis, _ value: @escaping Value) {
    self.basis = basis
    self.value = value
  }

  func measure(
    _ observations: BinaryRowObservations, _ slice: [UInt32], influence: inout [Double]
  ) -> Measured {
    let counts = BinaryCounts(observations, slice)
    guard counts.total(counts.weights, .rows) > 0 else { return counts.undefined("zero weight", basis) }
    let curve = BinaryCurve(observations, slice)
    let found: BinaryCurveValue
    do throws(BinaryUndefined) {
      found = try value(curve)
    } catch {
      return counts.undefined(error.reason, basis)
    }
    guard let slopes = found.slopes else { return counts.measured(found.value, basis, hasInfluence: false) }
    curve.spread(slopes, observations, slice, influence: &influence)
    return counts.measured(found.value, basis)
  }
}

extension BinaryCurve {
  /// Positives and negatives above a step and at or above it.
  typealias Segment =
    @Sendable (_ t1: BinaryDual, _ f1: BinaryDual, _ t2: BinaryDual, _ f2: BinaryDual) -> BinaryDual

  /// The sum of a function over the steps, with its derivatives.
  func sum(_ segment: Segment) -> (value: Double, slopes: BinaryCurveSlopes) {
    var slopes = BinaryCurveSlopes(count: count)
    var value = 0.0
    for step in 1...max(1, count) where step <= count {
      let term = segment(
        BinaryDual(positives[step - 1], index: 0), BinaryDual(negatives[step - 1], index: 1),
        BinaryDual(positives[step], index: 2), BinaryDual(negatives[step], index: 3))
      value += term.value
      slopes.positives[step - 1] += term.slope[0]
      slopes.negatives[step - 1] += term.slope[1]
      slopes.positives[step] += term.slope[2]
      slopes.negatives[step] += term.slope[3]
    }
    return (value, slopes)
  }

  func requirePositives() throws(BinaryUndefined) {
    guard allPositives > 0 else { throw BinaryUndefined("no positives") }
  }

  func requireBothClasses() throws(BinaryUndefined) {
    try requirePositives()
    guard allNegatives > 0 else { throw BinaryUndefined("no negatives") }
  }
}
