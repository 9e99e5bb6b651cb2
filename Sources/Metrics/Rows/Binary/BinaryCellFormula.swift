/// Weights of the four outcomes as variables of a formula.
struct BinaryCells: Sendable {
  let truePositives: BinaryDual
  let falsePositives: BinaryDual
  let falseNegatives: BinaryDual
  let trueNegatives: BinaryDual

  init(_ weights: SIMD4<Double>) {
    truePositives = BinaryDual(weights[0], index: 0)
    falsePositives = BinaryDual(weights[1], index: 1)
    falseNegatives = BinaryDual(weights[2], index: 2)
    trueNegatives = BinaryDual(weights[3], index: 3)
  }

  var positives: BinaryDual { truePositives + falseNegatives }
  var negatives: BinaryDual { falsePositives + trueNegatives }
  var selected: BinaryDual { truePositives + falsePositives }
  var unselected: BinaryDual { falseNegatives + trueNegatives }
  var all: BinaryDual { positives + negatives }

  func sum(_ basis: BinaryBasis) -> BinaryDual {
    let cells = [truePositives, falsePositives, falseNegatives, trueNegatives]
    return (0..<4).reduce(BinaryDual(0)) { basis.contains($1) ? $0 + cells[$1] : $0 }
  }

  func truePositiveRate() throws(BinaryUndefined) -> BinaryDual {
    try truePositives.over(positives, "no positives")
  }
  func falsePositiveRate() throws(BinaryUndefined) -> BinaryDual {
    try falsePositives.over(negatives, "no negatives")
  }
  func trueNegativeRate() throws(BinaryUndefined) -> BinaryDual {
    try trueNegatives.over(negatives, "no negatives")
  }
  func falseNegativeRate() throws(BinaryUndefined) -> BinaryDual {
    try falseNegatives.over(positives, "no positives")
  }
  func precision() throws(BinaryUndefined) -> BinaryDual {
    try truePositives.over(selected, "no predicted positives")
  }
  func negativePredictiveValue() throws(BinaryUndefined) -> BinaryDual {
    try trueNegatives.over(unselected, "no predicted negatives")
  }
}

/// A metric of the confusion matrix: a function of the weights of its cells that does not change when all of
/// them are scaled, so that ψ = w·∂f/∂(weight of the row's cell) adds up to 0 (Euler).
struct BinaryCellFormula: Sendable {
  typealias Value = @Sendable (BinaryCells) throws(BinaryUndefined) -> BinaryDual

  let basis: BinaryBasis
  let value: Value

  init(_ basis: BinaryBasis, _ value: @escaping Value) {
    self.basis = basis
    self.value = value
  }

  /// A plain share of rows.
  init(share numerator: BinaryBasis, of basis: BinaryBasis) {
    self.init(basis) { cells throws(BinaryUndefined) in
      try cells.sum(numerator).over(cells.sum(basis), basis.emptyReason)
    }
  }

  func measure(
    _ observations: BinaryRowObservations, _ slice: [UInt32], threshold: Double?,
    influence: inout [Double]
  ) -> Measured {
    let counts = BinaryCounts(observations, slice, threshold: threshold)
    let found: BinaryDual
    do throws(BinaryUndefined) {
      found = try value(BinaryCells(counts.weights))
    } catch {
      return counts.undefined(error.reason, basis)
    }
    guard found.hasSlope else { return counts.measured(found.value, basis, hasInfluence: false) }
    for (position, row) in slice.enumerated() {
      let cell = BinaryCounts.cell(observations, Int(row), threshold)
      influence[position] = observations.weight(Int(row)) * found.slope[cell]
    }
    return counts.measured(found.value, basis)
  }
}
