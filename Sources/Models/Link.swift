import Glibc

/// From margins to scores, in the arithmetic of the library that trained the model.
enum Link: Sendable, Equatable {
  /// The margin itself, also a ranking score.
  case identity
  /// 1 ⁄ (1 + exp(−slope · x)), each output for itself.
  case logistic(slope: Double)
  case exponential
  /// log(1 + exp x) (LightGBM's `cross_entropy_lambda`).
  case logOnePlusExponential
  /// sign(x) · x² (LightGBM's `reg_sqrt`).
  case signedSquare
  /// exp(xₖ) ⁄ Σ exp(xⱼ) over the outputs.
  case softmax
  /// 1 where the margin is above 0, else 0 (XGBoost's `binary:hinge`).
  case step

  /// Turns margins, one column an output, into scores.
  /// - Parameter isSingle: in float32, as XGBoost does
  func apply(to margins: inout [[Double]], isSingle: Bool) {
    switch self {
    case .identity: return
    case .softmax: isSingle ? Self.singleSoftmax(&margins) : Self.softmax(&margins)
    case .logistic(let slope):
      Self.map(&margins) { isSingle ? Self.singleLogistic($0) : 1 / (1 + exp(-slope * $0)) }
    case .exponential: Self.map(&margins) { isSingle ? Double(expf(Float($0))) : exp($0) }
    case .logOnePlusExponential: Self.map(&margins) { log1p(exp($0)) }
    case .signedSquare: Self.map(&margins) { $0 * abs($0) }
    case .step: Self.map(&margins) { $0 > 0 ? 1 : 0 }
    }
  }

  private static func map(_ columns: inout [[Double]], _ function: (Double) -> Double) {
    for index in columns.indices {
      for row in columns[index].indices { columns[index][row] = function(columns[index][row]) }
    }
  }

  /// XGBoost caps the exponent so that it stays finite in float32.
  private static func singleLogistic(_ x: Double) -> Double {
    Double(1 / (expf(min(-Float(x), 88.7)) + 1))
  }

  private static func softmax(_ columns: inout [[Double]]) {
    for row in (columns.first ?? []).indices {
      var top = -Double.infinity
      for column in columns { top = max(top, column[row]) }
      var sum = 0.0
      for index in columns.indices {
        columns[index][row] = exp(columns[index][row] - top)
        sum += columns[index][row]
      }
      for index in columns.indices { columns[index][row] /= sum }
    }
  }

  private static func singleSoftmax(_ columns: inout [[Double]]) {
    for row in (columns.first ?? []).indices {
      var top = -Float.infinity
      for column in columns { top = max(top, Float(column[row])) }
      var sum = 0.0
      for index in columns.indices {
        let power = expf(Float(columns[index][row]) - top)
        columns[index][row] = Double(power)
        sum += Double(power)
      }
      for index in columns.indices { columns[index][row] = Double(Float(columns[index][row]) / Float(sum)) }
    }
  }
}
