import Results

/// A column of the slice table: a metric, or a metric's gap to something.
struct SliceColumn {
  /// What the page shows, in units of the last digit.
  struct Numbers {
    var value: [Int?]
    var lower: [Int?]
    var upper: [Int?]
    /// Why there is no value or no limits; 0 where there are.
    var reason: [Int]

    init(count: Int) {
      value = [Int?](repeating: nil, count: count)
      (lower, upper) = (value, value)
      reason = [Int](repeating: 0, count: count)
    }
  }

  /// A row in which the script would work out another digit.
  struct Exception {
    var row: Int
    var value: Int?
    var lower: Int?
    var upper: Int?
    var reason: Int
  }

  /// How the numbers reach the page.
  enum Source {
    case packed
    /// Rows of these outcomes.
    case sum(Int)
    /// A share of rows; the index of the reason where there are none.
    case share(SliceArithmetic.Share, empty: Int, [Exception])
    /// The gap of a share.
    case gap([Exception])
  }

  var id: String
  /// What a filter calls it: `tpr`, `gap_tpr`.
  var key: String
  var name: String
  var symbol: String
  /// What the denominator counts.
  var of: String
  var isCount: Bool
  var direction: MetricEntry.Direction
  var decimals: Int
  var numbers: Numbers
  var source = Source.packed
  /// What its differences are multiplied by to be comparable with those of other metrics.
  var measure = 1.0
  /// The metric's place and what it is compared with.
  var gap: (base: Int, against: SliceArithmetic.Against)?

  /// The bound nearer to zero of the gap, in the direction that harms; for a neutral metric in either. Positive where
  /// the interval vouches for a harm.
  func harm(_ row: Int) -> Int? {
    guard let lower = numbers.lower[row], let upper = numbers.upper[row] else { return nil }
    let bound =
      switch direction {
      case .higherIsBetter: -upper
      case .lowerIsBetter: lower
      case .neutral: max(lower, -upper)
      }
    // As the script rounds.
    return measure == 1 ? bound : Int((Double(bound) * measure + 0.5).rounded(.down))
  }

  func text(_ units: Int) -> String {
    ColumnCode.text(units, decimals: decimals, isSigned: gap != nil)
  }

  /// `[0.660, 0.764]`.
  func interval(_ row: Int) -> String? {
    guard let lower = numbers.lower[row], let upper = numbers.upper[row] else { return nil }
    return "[\(text(lower)), \(text(upper))]"
  }
}
