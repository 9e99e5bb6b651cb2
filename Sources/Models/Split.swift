/// How an inner node of a tree sends a value left or right.
///
/// Every library's comparison is brought to `x ≤ threshold`: XGBoost's `x < t` on float32 values is `x ≤ t.nextDown`.
struct Split: Sendable {
  /// What counts as missing.
  enum Missing: UInt8, Sendable {
    /// Nothing: NaN stands for 0 (LightGBM's `None`).
    case nothing
    /// NaN and values within ±1e-35 (LightGBM's `Zero`).
    case zero
    case nan
  }

  /// LightGBM's kZeroThreshold, a float32 constant.
  static let zeroWindow = Double(Float(1e-35))
  /// Categories from here on are refused; XGBoost goes to 2²⁴, at a cost in memory that no real model needs.
  static let categoryLimit = 1 << 20

  /// Index of the model input that is tested.
  var input: Int
  /// For a numeric split. NaN sends nothing left.
  var threshold = 0.0
  var missing = Missing.nan
  var missingGoesLeft = false
  /// The tested set of a categorical split, ascending; nil for a numeric one.
  var categories: [Int32]?
  /// LightGBM sends the members of the set left, XGBoost right.
  var membersGoLeft = false

  /// Whether a value goes to the left child.
  func goesLeft(_ x: Double) -> Bool {
    if let categories {
      return x.isNaN
        ? missingGoesLeft : Self.holds(categories, x, isTruncated: membersGoLeft) == membersGoLeft
    }
    switch missing {
    case .nan: if x.isNaN { return missingGoesLeft }
    case .zero: if x.isNaN || abs(x) <= Self.zeroWindow { return missingGoesLeft }
    case .nothing: if x.isNaN { return 0 <= threshold }
    }
    return x <= threshold
  }

  /// Whether the whole part of `x` is in the set. LightGBM truncates first, so that −0.5 is category 0.
  private static func holds(_ set: [Int32], _ x: Double, isTruncated: Bool) -> Bool {
    guard isTruncated ? x > -1 : x >= 0, x < Double(categoryLimit) else { return false }
    let category = Int32(x)
    var low = 0
    var high = set.count
    while low < high {
      let middle = (low + high) / 2
      if set[middle] < category { low = middle + 1 } else { high = middle }
    }
    return low < set.count && set[low] == category
  }

  /// Values c such that all x in an interval (c₁, c₂] between neighbours go the same way. Complexity: O(set).
  var cuts: [Double] {
    if let categories {
      let edges = categories.flatMap { [Double($0).nextDown, Double($0 + 1).nextDown] }
      // What LightGBM truncates to category 0.
      return categories.first == 0 && membersGoLeft ? [-1] + edges : edges
    }
    let window = missing == .zero ? [(-Self.zeroWindow).nextDown, Self.zeroWindow] : []
    return threshold.isNaN ? window : window + [threshold]
  }
}
