/// A quotient of outcomes of one class, or averaged over classes.
///
/// An average is over the classes where the quotient has a value, as with scikit-learn's `zero_division=np.nan`;
/// with a `ZeroDivision` that replaces it, also over the other classes that occur among the rows' labels or decisions.
/// A class of a multi-class task that does not occur at all is in no average, as in scikit-learn called on the rows
/// alone; every label of a multi-label task occurs.
struct OutcomeFormula: Sendable {
  enum Scope: Sendable, Equatable {
    case single(Int)
    case average(Averaging)
    /// The mean over the classes that have a value, by what each is to count.
    case weighted([Double])
  }

  let quotient: OneVersusRest
  let scope: Scope
  /// Whether a class without rows and predictions is there all the same.
  var hasUnseen = false

  /// The value and, where there is one, its gradient with respect to the outcomes' weights, of each class: one
  /// entry for `single`, as many as tables else.
  struct Result {
    var measured: Measured
    var gradient: [SIMD4<Double>]
  }

  /// - Parameters:
  ///   - tables: of all classes.
  ///   - totals: of all rows.
  func result(_ tables: [OutcomeTable], _ totals: RowTotals, _ zeroDivision: ZeroDivision) -> Result {
    switch scope {
    case .single(let index): single(tables[index], zeroDivision)
    case .average(.micro): micro(tables, totals, zeroDivision)
    case .average(.macro): mean(tables, totals, zeroDivision, .alike)
    case .average(.weighted): mean(tables, totals, zeroDivision, .support)
    case .weighted(let weights): mean(tables, totals, zeroDivision, .given(weights))
    }
  }

  private func single(_ table: OutcomeTable, _ zeroDivision: ZeroDivision) -> Result {
    let totals = quotient.totals(table)
    guard let (value, gradient) = quotient.value(table.weight) else {
      return replaced(totals, quotient.emptyReason, zeroDivision)
    }
    return Result(measured: totals.measured(value), gradient: [gradient])
  }

  private func micro(_ tables: [OutcomeTable], _ totals: RowTotals, _ zeroDivision: ZeroDivision) -> Result {
    let sum = tables.reduce(SIMD4<Double>.zero) { $0 + $1.weight }
    guard let (value, gradient) = quotient.value(sum) else {
      return replaced(totals, Self.emptyReason(quotient, .micro), zeroDivision)
    }
    return Result(
      measured: totals.measured(value), gradient: [SIMD4<Double>](repeating: gradient, count: tables.count))
  }

  private func mean(
    _ tables: [OutcomeTable], _ totals: RowTotals, _ zeroDivision: ZeroDivision, _ weighting: ClassShares
  ) -> Result {
    var gradient = [SIMD4<Double>](repeating: .zero, count: tables.count)
    var values = [Double?](repeating: nil, count: tables.count)
    var (sum, shares) = (0.0, 0.0)
    for (index, table) in tables.enumerated()
    where (hasUnseen || table.isSeen) && weighting.counts(index) {
      let found = quotient.value(table.weight)
      guard let value = found?.value ?? zeroDivision.replacement else { continue }
      let share = weighting.share(index, support: table.support)
      gradient[index] = share * (found?.gradient ?? .zero)
      values[index] = value
      sum += share * value
      shares += share
    }
    guard shares > 0 else {
      return replaced(
        totals, Self.emptyReason(quotient, weighting == .support ? .weighted : .macro), zeroDivision)
    }
    let mean = sum / shares
    for (index, value) in values.enumerated() {
      guard let value else { continue }
      // The share of a class grows with the rows that have it: TP and FN.
      let drift: SIMD4<Double> = weighting == .support ? (value - mean) * SIMD4(1, 0, 1, 0) : .zero
      gradient[index] = (gradient[index] + drift) / shares
    }
    return Result(measured: totals.measured(mean), gradient: gradient)
  }

  private func replaced(_ totals: RowTotals, _ reason: String, _ zeroDivision: ZeroDivision) -> Result {
    guard let value = zeroDivision.replacement else {
      return Result(measured: totals.undefined(reason), gradient: [])
    }
    return Result(measured: totals.measured(value, hasInfluence: false), gradient: [])
  }

  /// Why an average has no value.
  static func emptyReason(_ quotient: OneVersusRest, _ averaging: Averaging) -> String {
    switch quotient {
    // A class without rows weighs nothing.
    case .precision where averaging == .weighted, .falseDiscoveryRate where averaging == .weighted:
      "no class that has rows is predicted"
    case .f1 where averaging == .weighted, .f2 where averaging == .weighted,
      .jaccard where averaging == .weighted:
      "no rows of any class"
    case .precision, .falseDiscoveryRate: "no class is predicted"
    case .recall, .falseNegativeRate: "no rows of any class"
    case .f1, .f2, .jaccard: "no row has a class or is predicted as one"
    default: "no rows"
    }
  }
}
