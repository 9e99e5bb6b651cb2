import Results

/// A metric that is a share of rows: which outcomes are counted, among which.
package struct RateDefinition: Sendable {
  let numerator: UInt8
  let denominatorMask: UInt8
  /// Why the rate is undefined where its denominator is empty.
  let emptyReason: String

  init(_ numerator: [Outcome], of denominator: [Outcome], emptyReason: String) {
    self.numerator = numerator.reduce(0) { $0 | $1.bit }
    denominatorMask = denominator.reduce(0) { $0 | $1.bit }
    self.emptyReason = emptyReason
  }

  /// Whether a row with this outcome counts in the denominator, and in the numerator.
  package func isTrial(_ outcome: Outcome) -> Bool { denominatorMask & outcome.bit != 0 }
  package func isSuccess(_ outcome: Outcome) -> Bool { numerator & outcome.bit != 0 }

  /// The numerator and denominator of a rate in one slice.
  package struct Share: Sendable, Equatable {
    package var successes: Double
    package var trials: Double
    /// Rows in the denominator, unweighted.
    package var rows: Int
    /// Rows in the numerator, unweighted.
    package var successRows: Int
    /// Kish's effective sample size of the denominator; the rows without weights.
    package var effectiveCount: Double

    /// nil where the denominator is empty or weighs nothing.
    package var value: Double? { trials > 0 ? successes / trials : nil }
    /// Successes on the scale of the effective size.
    package var effectiveSuccesses: Double { trials > 0 ? successes / trials * effectiveCount : 0 }

    init(successes: Double, trials: Double, rows: Int, successRows: Int, effectiveCount: Double) {
      self.successes = successes
      self.trials = trials
      self.rows = rows
      self.successRows = successRows
      self.effectiveCount = effectiveCount
    }

    /// The share that a rate's estimate tells of; nil where it has no value.
    package init?(_ estimate: Estimate) {
      guard let value = estimate.value else { return nil }
      rows = estimate.denominator
      trials = estimate.weight
      successRows = Int((value * Double(rows)).rounded())
      successes = trials == Double(rows) ? Double(successRows) : value * trials
      effectiveCount = estimate.effectiveCount
    }

    /// The share of the rows outside this one, of which `whole` has all.
    package func complement(in whole: Share) -> Share {
      func squares(_ share: Share) -> Double {
        share.effectiveCount > 0 ? share.trials * share.trials / share.effectiveCount : 0
      }
      let rest = max(0, whole.trials - trials)
      let left = max(0, squares(whole) - squares(self))
      return Share(
        successes: max(0, whole.successes - successes), trials: rows < whole.rows ? rest : 0,
        rows: whole.rows - rows, successRows: max(0, whole.successRows - successRows),
        effectiveCount: left > 0 && rows < whole.rows ? rest * rest / left : 0)
    }
  }

  /// Complexity: O(1).
  package func share(of counts: OutcomeCounts) -> Share {
    var share = Share(successes: 0, trials: 0, rows: 0, successRows: 0, effectiveCount: 0)
    var squares = 0.0
    for outcome in Outcome.allCases where denominatorMask & outcome.bit != 0 {
      let index = outcome.rawValue
      share.trials += counts.weights[index]
      share.rows += counts.rows[index]
      squares += counts.squaredWeights[index]
      if numerator & outcome.bit != 0 {
        share.successes += counts.weights[index]
        share.successRows += counts.rows[index]
      }
    }
    share.effectiveCount = squares > 0 ? share.trials * share.trials / squares : 0
    return share
  }
}
