/// A function of weighted means of up to four terms a row: ψ = w/W · Σ ∂f/∂mₖ · (xₖ − mₖ).
struct BinaryMeansFormula: Sendable {
  typealias Terms = @Sendable (BinaryRowObservations, Int) -> SIMD4<Double>
  typealias Value =
    @Sendable (_ first: BinaryDual, _ second: BinaryDual, _ third: BinaryDual, _ fourth: BinaryDual)
    throws(BinaryUndefined) -> BinaryDual

  let basis: BinaryBasis
  let terms: Terms
  let value: Value

  init(_ basis: BinaryBasis, terms: @escaping Terms, value: @escaping Value) {
    self.basis = basis
    self.terms = terms
    self.value = value
  }

  /// The weighted mean of one term over all rows.
  init(mean term: @escaping @Sendable (BinaryRowObservations, Int) -> Double) {
    self.init(.rows) {
      SIMD4(term($0, $1), 0, 0, 0)
    } value: { first, _, _, _ in
      first
    }
  }

  /// One sum over another.
  init(
    _ basis: BinaryBasis, ratio term: @escaping @Sendable (BinaryRowObservations, Int) -> Double,
    to other: @escaping @Sendable (BinaryRowObservations, Int) -> Double, emptyReason: String
  ) {
    self.init(basis) {
      SIMD4(term($0, $1), other($0, $1), 0, 0)
    } value: {
      numerator, denominator, _, _ throws(BinaryUndefined) in
      try numerator.over(denominator, emptyReason)
    }
  }

  func measure(
    _ observations: BinaryRowObservations, _ slice: [UInt32], influence: inout [Double]
  ) -> Measured {
    let counts = BinaryCounts(observations, slice)
    let total = counts.total(counts.weights, .rows)
    guard total > 0 else { return counts.undefined("zero weight", basis) }
    var sums = SIMD4<Double>.zero
    var all: [SIMD4<Double>] = []
    all.reserveCapacity(slice.count)
    for row in slice {
      let own = terms(observations, Int(row))
      sums += observations.weight(Int(row)) * own
      all.append(own)
    }
    let means = sums / total
    let found: BinaryDual
    do throws(BinaryUndefined) {
      found = try value(
        BinaryDual(means[0], index: 0), BinaryDual(means[1], index: 1), BinaryDual(means[2], index: 2),
        BinaryDual(means[3], index: 3))
    } catch {
      return counts.undefined(error.reason, basis)
    }
    guard found.hasSlope else { return counts.measured(found.value, basis, hasInfluence: false) }
    for (position, row) in slice.enumerated() {
      let change = found.slope * (all[position] - means)
      influence[position] = observations.weight(Int(row)) / total * change.sum()
    }
    return counts.measured(found.value, basis)
  }
}
