/// What stands for a ratio without a denominator: a class that no row has, or that is never predicted.
package enum ZeroDivision: Sendable {
  /// It has no value, and averages leave it out (scikit-learn's `zero_division=np.nan`): the rule here.
  case undefined
  /// 0, in averages too: scikit-learn's warning default, for comparison with its numbers.
  case zero
  /// 1, in averages too (scikit-learn's `zero_division=1`).
  case one

  /// nil where it is undefined.
  var replacement: Double? {
    switch self {
    case .undefined: nil
    case .zero: 0
    case .one: 1
    }
  }
}
