import Results
import Statistics

/// A group's selection against the reference group's, in the numbers that adverse-impact analysis asks for.
struct ImpactComparison: Sendable {
  let group: SelectionCount
  let reference: SelectionCount

  private var effect: TwoProportionEffect {
    TwoProportionEffect(
      successes1: group.selected, trials1: group.size, successes2: reference.selected,
      trials2: reference.size)
  }

  /// The impact ratio; NaN for 0/0.
  var ratio: Double { group.rate / reference.rate }

  /// Koopman's score interval of the ratio.
  func ratioInterval(level: Double) -> Interval {
    RatioInterval.koopman(
      successes1: group.selected, trials1: group.size, successes2: reference.selected,
      trials2: reference.size, level: level, correction: false)
  }

  /// Fisher's exact test where both groups together are fewer than 30 or a cell is expected below 5, else the
  /// two-proportion Z test, which weights always leave. Two-sided; p is 1 where everybody or nobody is selected.
  var test: (p: Double, name: String) {
    if isExact, let own = group.selectedRows, let other = reference.selectedRows {
      return (TwoProportionTest.fisherExact(own, group.rows, other, reference.rows), "Fisher")
    }
    let test = TwoProportionTest.pooledZ(
      successes1: group.selected, trials1: group.size, successes2: reference.selected,
      trials2: reference.size)
    return (test?.p ?? 1, "Z")
  }

  private var isExact: Bool {
    guard !group.isWeighted, !reference.isWeighted else { return false }
    let pooled = effect.pooledRate
    let expected = min(group.size, reference.size) * min(pooled, 1 - pooled)
    return group.rows + reference.rows < RuleNumbers.exactBelow || expected < RuleNumbers.leastExpected
  }

  var oddsRatio: Double { effect.oddsRatio }
  var cohensH: Double { effect.cohensH }

  /// How many more of the group would be selected at the reference group's rate; weighted where rows are.
  func shortfall(weight: Double) -> Double { weight * (reference.rate - group.rate) }

  // MARK: How many people it rests on

  /// Selections that would have to pass from the reference group to this one until this one's rate is the greater
  /// (question 21 asks whether one is enough). nil under weights.
  var peopleToReverse: Int? { isCounted ? effect.successesToReverse : nil }

  /// The same until the ratio is at least `bound`; nil under weights, or where no number is enough.
  func peopleToReach(ratio bound: Double) -> Int? {
    fewest { moved in
      guard let (own, other) = counts(after: moved) else { return false }
      return Double(own) * Double(reference.rows) >= bound * Double(other) * Double(group.rows)
    }
  }

  /// The same until the test's p-value is above `significance`.
  func peopleToReach(significance: Double) -> Int? {
    fewest { moved in after(moved).map { $0.test.p > significance } ?? false }
  }

  private var isCounted: Bool { !group.isWeighted && !reference.isWeighted }

  private func counts(after moved: Int) -> (own: Int, other: Int)? {
    guard let own = group.selectedRows, let other = reference.selectedRows else { return nil }
    return (own + moved, other - moved)
  }

  private func after(_ moved: Int) -> ImpactComparison? {
    guard let (own, other) = counts(after: moved) else { return nil }
    return ImpactComparison(
      group: group.with(selected: own), reference: reference.with(selected: other))
  }

  /// The smallest number that is enough, no more than it takes to reverse the order, up to which what is asked for comes nearer with every
  /// person. Complexity: O(log(people)) tests.
  private func fewest(_ isEnough: (Int) -> Bool) -> Int? {
    guard isCounted, let own = group.selectedRows, let other = reference.selectedRows else { return nil }
    if isEnough(0) { return 0 }
    let most = effect.successesToReverse ?? min(other, group.rows - own)
    guard most > 0, isEnough(most) || isEnough(most - 1) else { return nil }
    var (low, high) = (0, isEnough(most - 1) ? most - 1 : most)
    while high - low > 1 {
      let middle = (low + high) / 2
      if isEnough(middle) { high = middle } else { low = middle }
    }
    return high
  }
}

extension SelectionCount {
  private init(rows: Int, selected: Int) {
    self.rows = rows
    selectedRows = selected
    rate = Double(selected) / Double(rows)
    size = Double(rows)
    isWeighted = false
  }

  /// The same group with another number of selected rows.
  fileprivate func with(selected: Int) -> SelectionCount { SelectionCount(rows: rows, selected: selected) }
}
