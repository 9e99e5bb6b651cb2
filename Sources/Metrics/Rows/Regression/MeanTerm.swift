import Glibc

/// What a mean over rows is the mean of.
enum MeanTerm: Sendable {
  case label, prediction
  /// Prediction − label.
  case error
  case absoluteError, squaredError
  case absolutePercentageError
  case squaredLogError
  /// The quantile (pinball) loss at a level.
  case quantileLoss(Double)
  /// 1 where the prediction is a threshold or more.
  case atLeast(Double)

  /// Below which a label counts as that much in a percentage: scikit-learn's.
  static let smallestDivisor = 0x1p-52

  @inline(__always)
  func value(label: Double, prediction: Double) -> Double {
    switch self {
    case .label: label
    case .prediction: prediction
    case .error: prediction - label
    case .absoluteError: abs(prediction - label)
    case .squaredError: (prediction - label) * (prediction - label)
    case .absolutePercentageError: abs(prediction - label) / max(abs(label), Self.smallestDivisor)
    case .squaredLogError: Self.squaredLogError(label, prediction)
    case .quantileLoss(let level): Self.quantileLoss(label, prediction, level)
    case .atLeast(let threshold): prediction >= threshold ? 1 : 0
    }
  }

  @inline(__always)
  static func quantileLoss(_ label: Double, _ prediction: Double, _ level: Double) -> Double {
    label >= prediction ? level * (label - prediction) : (1 - level) * (prediction - label)
  }

  private static func squaredLogError(_ label: Double, _ prediction: Double) -> Double {
    let difference = log1p(prediction) - log1p(label)
    return difference * difference
  }

  /// Whether the term exists for a row.
  @inline(__always)
  func isDefined(label: Double, prediction: Double) -> Bool {
    if case .squaredLogError = self { return label > -1 && prediction > -1 }
    return true
  }
}
