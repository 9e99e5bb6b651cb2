import Results

/// What a model must satisfy: checks, and how they are judged.
package struct Policy: Sendable, Equatable {
  static let defaultLevel = 0.95
  static let defaultWaiverDays = 90

  package var source: Judgement.Source
  package var checks: [Check]
  /// Confidence level; tests are one-sided of size 1 − level.
  package var level = Policy.defaultLevel
  /// What an inconclusive check counts as, unless it says so itself.
  package var folding = Judgement.Folding.inconclusive
  package var correction = Judgement.Correction.holm
  /// No check may become worse than the baseline beyond noise.
  package var isRatchet = false
  /// The longest that a waiver may run, in days.
  package var maximumWaiverDays = Policy.defaultWaiverDays
  /// Of the draws of `max_t`.
  package var seed: UInt64 = 42

  package var alpha: Double { Self.alpha(level) }

  /// 1 − level, without the last digits that the subtraction makes up.
  static func alpha(_ level: Double) -> Double { ((1 - level) * 1e12).rounded() / 1e12 }
}

/// The smallest group that is judged.
package struct Minimum: Sendable, Equatable {
  package var rows = 1
  package var positives = 0
  /// Share of all rows.
  package var share = 0.0
  /// Whether smaller groups are left out of the verdict, and listed; else they make it inconclusive.
  package var excludesSmaller = false
}
