/// A function of the confusion matrix that does not depend on its scale.
///
/// Its gradient with respect to the cells' weights, times a row's weight, is therefore the row's influence: by Euler's
/// theorem these add up to 0.
enum ClassFormula: Sendable {
  case outcomes(OutcomeFormula)
  /// Gorodkin 2004, R_K.
  case matthews
  /// Cohen 1960, 1968.
  case kappa(KappaWeighting)

  /// The value, and what a row adds to its error in each cell (true class × predicted class) by unit of weight; empty
  /// where there is no influence.
  struct Result {
    var measured: Measured
    var gradient: [Double]
  }

  /// Complexity: O(classes²).
  func result(_ matrix: ClassMatrix, _ zeroDivision: ZeroDivision) -> Result {
    guard matrix.totals.weight > 0 else {
      return Result(measured: matrix.totals.undefined("no rows"), gradient: [])
    }
    switch self {
    case .outcomes(let formula):
      let result = formula.result(matrix.tables, matrix.totals, zeroDivision)
      return Result(measured: result.measured, gradient: Self.spread(result.gradient, formula.scope, matrix))
    case .matthews: return Self.matthews(matrix, zeroDivision)
    case .kappa(let weighting): return Self.kappa(matrix, weighting, zeroDivision)
    }
  }

  /// From a gradient by class and outcome to one by cell: in a cell every class but two is a true negative.
  private static func spread(
    _ gradient: [SIMD4<Double>], _ scope: OutcomeFormula.Scope, _ matrix: ClassMatrix
  ) -> [Double] {
    guard let first = gradient.first else { return [] }
    let count = matrix.classCount
    var all = gradient
    if case .single(let index) = scope {
      all = [SIMD4<Double>](repeating: .zero, count: count)
      all[index] = first
    }
    let base = all.reduce(0) { $0 + $1[3] }
    var cells = [Double](repeating: base, count: count * count)
    for label in 0..<count {
      for decision in 0..<count {
        let own = all[label]
        let other = all[decision]
        cells[label * count + decision] +=
          label == decision ? own[0] - own[3] : own[2] - own[3] + other[1] - other[3]
      }
    }
    return cells
  }

  /// (c·s − Σ pₖtₖ) / √((s² − Σ pₖ²)(s² − Σ tₖ²)) with c rows agreeing of s, tₖ of class k and pₖ predicted as k.
  private static func matthews(_ matrix: ClassMatrix, _ zeroDivision: ZeroDivision) -> Result {
    let (t, p, s) = (matrix.labelled, matrix.predicted, matrix.totals.weight)
    let c = matrix.agreeing
    let predictedSpread = s * s - p.reduce(0) { $0 + $1 * $1 }
    let labelSpread = s * s - t.reduce(0) { $0 + $1 * $1 }
    guard t.count(where: { $0 > 0 }) > 1, labelSpread > 0 else {
      return constant(matrix, zeroDivision, "all rows are of one class")
    }
    guard p.count(where: { $0 > 0 }) > 1, predictedSpread > 0 else {
      return constant(matrix, zeroDivision, "only one class is predicted")
    }
    let above = c * s - zip(t, p).reduce(0) { $0 + $1.0 * $1.1 }
    let below = (predictedSpread * labelSpread).squareRoot()
    let value = above / below
    let count = matrix.classCount
    var gradient = [Double](repeating: 0, count: count * count)
    for label in 0..<count {
      for decision in 0..<count {
        let rise = (label == decision ? s : 0) + c - p[label] - t[decision]
        let spread = (s - p[decision]) / predictedSpread + (s - t[label]) / labelSpread
        gradient[label * count + decision] = rise / below - value * spread
      }
    }
    return Result(measured: matrix.totals.measured(min(1, max(-1, value))), gradient: gradient)
  }

  /// 1 − observed / expected cost of disagreement; the expected one is that of independent labels and decisions.
  private static func kappa(
    _ matrix: ClassMatrix, _ weighting: KappaWeighting, _ zeroDivision: ZeroDivision
  ) -> Result {
    let (t, p, s) = (matrix.labelled, matrix.predicted, matrix.totals.weight)
    let count = matrix.classCount
    var (observed, expected) = (0.0, 0.0)
    var fromLabel = [Double](repeating: 0, count: count)
    var fromDecision = fromLabel
    for label in 0..<count {
      for decision in 0..<count {
        let cost = weighting.cost(label, decision)
        observed += cost * matrix.weight[label * count + decision]
        expected += cost * t[label] * p[decision] / s
        fromLabel[label] += cost * p[decision] / s
        fromDecision[decision] += cost * t[label] / s
      }
    }
    guard expected > 0 else {
      return constant(matrix, zeroDivision, "labels and decisions are all of one class")
    }
    let ratio = observed / expected
    var gradient = [Double](repeating: 0, count: count * count)
    for label in 0..<count {
      for decision in 0..<count {
        let rise = fromLabel[label] + fromDecision[decision] - expected / s
        gradient[label * count + decision] = (ratio * rise - weighting.cost(label, decision)) / expected
      }
    }
    return Result(measured: matrix.totals.measured(1 - ratio), gradient: gradient)
  }

  /// scikit-learn has no replacement but 0 here.
  private static func constant(
    _ matrix: ClassMatrix, _ zeroDivision: ZeroDivision, _ reason: String
  ) -> Result {
    let measured =
      zeroDivision == .undefined
      ? matrix.totals.undefined(reason) : matrix.totals.measured(0, hasInfluence: false)
    return Result(measured: measured, gradient: [])
  }
}
