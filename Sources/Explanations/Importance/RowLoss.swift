import Glibc
import Metrics

/// A metric that is a mean over rows of some function of label and score.
enum RowLoss: Sendable {
  case logLoss
  case brier
  case score
  /// Label less score.
  case bias

  init?(_ metric: BinaryMetric) {
    switch metric {
    case .logLoss: self = .logLoss
    case .brierScore: self = .brier
    case .meanScore: self = .score
    case .calibrationInTheLarge: self = .bias
    default: return nil
    }
  }

  /// Values of all rows. Scores are clipped as the log loss of `Metrics` does.
  func values(_ scores: [Double], _ labels: [UInt8], into values: inout [Double]) {
    switch self {
    case .logLoss:
      for row in scores.indices {
        let score = min(max(scores[row], 0x1p-52), 1 - 0x1p-52)
        values[row] = labels[row] == 1 ? -log(score) : -log1p(-score)
      }
    case .brier:
      for row in scores.indices {
        let error = Double(labels[row]) - scores[row]
        values[row] = error * error
      }
    case .score: for row in scores.indices { values[row] = scores[row] }
    case .bias: for row in scores.indices { values[row] = Double(labels[row]) - scores[row] }
    }
  }
}
