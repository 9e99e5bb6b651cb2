import Results

/// A metric of a configuration over the rows of a task.
package struct CustomMetric: RowMetric, CellFunction {
  package let definition: MetricDefinition
  private let spec: CustomMetricSpec
  private let quotient: CustomQuotient
  private let rows: CustomRows
  /// Whether the terms are those of the four outcomes, not of each row.
  private let isOfOutcomes: Bool

  /// - Parameter hasUnits: whether rows belong together, so that the bootstrap over cells does not apply.
  /// - Throws: `data` where the rows do not have what it is made of, or where it is no rate as its configuration says.
  /// - Complexity: O(rows) for each part of the expressions.
  package init(_ spec: CustomMetricSpec, _ rows: CustomRows, hasUnits: Bool) throws(Failure) {
    self.spec = spec
    self.rows = rows
    for leaf in (spec.numerator.terms + spec.denominator.terms).flatMap(\.leaves) {
      guard let lack = rows.lack(leaf) else { continue }
      throw Failure(
        .data, "custom metric “\(spec.name)”: \(lack)",
        advice: "It is \(spec.formula). Name what is missing, or leave the metric out.")
    }
    isOfOutcomes = rows.task == .binary && spec.isOfCounts
    quotient = CustomQuotient(spec, isOfOutcomes ? .ofOutcomes : rows)
    let isShare = quotient.isShare
    if spec.kind == .rate, !isShare {
      throw Failure(
        .data,
        "custom metric “\(spec.name)” is no rate: some row counts more than once, in part, or above the line only",
        advice: "Leave out its kind, or say kind: \"mean\".")
    }
    let isNonnegative = quotient.isNonnegative
    let kind: MetricEntry.Kind =
      switch spec.kind {
      case .rate: .rate
      case .loss: .loss
      case .mean: .mean
      case nil: isShare ? .rate : isNonnegative && spec.isOfCounts ? .loss : .mean
      }
    let isJudgedByCells = isOfOutcomes && !hasUnits
    definition = spec.definition(
      kind: kind,
      range: kind == .rate ? 0...1 : isNonnegative ? 0...Double.infinity : MetricEntry.Kind.mean.range,
      interval: kind == .rate
        ? "Wilson score" : isJudgedByCells ? RowEstimator.cellInterval : "influence function, Student t",
      task: rows.task)
  }

  /// Whether the terms of a row stand at its outcome or at the row itself.
  @inline(__always)
  private func place(_ row: Int) -> Int { isOfOutcomes ? Int(rows.outcomes[row]) : row }

  /// Complexity: O(rows of the slice × sums).
  package func measure(_ slice: [UInt32], influence: inout [Double]) -> Measured {
    var sums = [Double](repeating: 0, count: quotient.values.count)
    var totals = RowTotals()
    var weight = 0.0
    for row in slice {
      let (row, place) = (Int(row), place(Int(row)))
      let own = rows.weights?[row] ?? 1
      weight += own
      for index in sums.indices { sums[index] += own * quotient.values[index][place] }
      if quotient.denominatorTerm(place) ?? 1 != 0 { totals.add(own) }
    }
    guard !slice.isEmpty else { return totals.undefined("no rows") }
    guard weight > 0 else { return totals.undefined("zero weight") }
    guard sums.allSatisfy(\.isFinite) else { return totals.undefined("a row divides by 0") }
    guard let found = quotient.derived(sums) else {
      return totals.undefined(
        quotient.denominator.value(sums) == 0
          ? "\(spec.denominator.text) is 0" : "\(spec.numerator.text) divides by 0")
    }
    guard found.value.isFinite, found.slope.allSatisfy(\.isFinite) else {
      return totals.undefined("beyond the range of numbers")
    }
    spread(found.slope, sums.map { $0 / weight }, slice, &influence)
    return totals.measured(found.value)
  }

  /// ψ = w·Σ ∂f/∂Sₖ·(xₖ − mean of xₖ): the rows of a slice are taken as given, what they hold as drawn.
  private func spread(
    _ slope: [Double], _ means: [Double], _ slice: [UInt32], _ influence: inout [Double]
  ) {
    for (position, row) in slice.enumerated() {
      let place = place(Int(row))
      var change = 0.0
      for index in slope.indices where slope[index] != 0 {
        change += slope[index] * (quotient.values[index][place] - means[index])
      }
      influence[position] = (rows.weights?[Int(row)] ?? 1) * change
    }
  }

  // MARK: Of the four outcomes

  func counts(_ slice: [UInt32]) -> OutcomeCounts? {
    guard isOfOutcomes else { return nil }
    var counts = OutcomeCounts(rows: [0, 0, 0, 0], weights: [0, 0, 0, 0], squaredWeights: [0, 0, 0, 0])
    for row in slice {
      let outcome = Int(rows.outcomes[Int(row)])
      let weight = rows.weights?[Int(row)] ?? 1
      counts.rows[outcome] += 1
      counts.weights[outcome] += weight
      counts.squaredWeights[outcome] += weight * weight
    }
    return counts
  }

  func value(
    truePositives: Double, falsePositives: Double, falseNegatives: Double, trueNegatives: Double
  ) -> Double? {
    quotient.value(
      quotient.values.map { term in
        truePositives * term[0] + falsePositives * term[1] + falseNegatives * term[2]
          + trueNegatives * term[3]
      })
  }
}
