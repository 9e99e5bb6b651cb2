import Glibc
import Results
import TestSupport

extension ExplanationFixture {
  private static func wave(_ x: Double, _ slice: Int) -> Double {
    0.12 * tanh((x - 0.45) * 4) * (1 + 0.15 * Double(slice % 3)) + (slice == 2 ? 0.03 * sin(9 * x) : 0)
  }

  func effects(_ evaluation: Evaluation, _ groups: [Int]) -> [FeatureEffect] {
    let slices = [0] + groups
    let usable = min(5, names.count)
    var effects = (0..<usable).map { feature -> FeatureEffect in
      if feature == 0 || feature == 4 { return categories(feature, slices, evaluation) }
      return curves(feature, slices, evaluation)
    }
    if names.count > 9 { effects.append(single(9, evaluation)) }
    return effects
  }

  private func curves(_ feature: Int, _ slices: [Int], _ evaluation: Evaluation) -> FeatureEffect {
    let grid = (0..<20).map { feature == 1 ? floor(pow(Double($0), 3) * 14) : 17 + 3 * Double($0) }
    let curves = slices.map { slice -> FeatureEffect.Curve in
      let rows = evaluation.slices.rows[slice]
      let values = (0..<20).map { Self.wave(Double($0) / 19, slice) }
      let errors = (0..<20).map { (0.2 + Double($0) / 40) / Double(max(rows, 1)).squareRoot() }
      return FeatureEffect.Curve(
        slice: slice, rows: rows, partialDependence: values.map { 0.24 + $0 }, partialDependenceError: errors,
        accumulatedEffect: values, accumulatedEffectError: errors,
        support: (0..<20).map { Int(Double(rows) / 20 * exp(-pow(Double($0) / 9 - 0.7, 2))) })
    }
    let individual = (0..<60).map { row in
      (0..<20).map { point in
        (Self.wave(Double(point) / 19, 0) - Self.wave(0, 0)) * (0.2 + 0.03 * Double(row))
      }
    }
    return FeatureEffect(feature: feature, grid: grid, curves: curves, individual: individual)
  }

  private func categories(_ feature: Int, _ slices: [Int], _ evaluation: Evaluation) -> FeatureEffect {
    let labels =
      feature == 0
      ? ["Married-civ-spouse", "Never-married", "Divorced", "Separated", "Widowed", "<i>&\"", ""]
      : (0..<26).map { "Occupation number \($0)" }
    let curves = slices.map { slice -> FeatureEffect.Curve in
      let rows = evaluation.slices.rows[slice]
      return FeatureEffect.Curve(
        slice: slice, rows: rows,
        partialDependence: labels.indices.map { 0.4 / Double(1 + $0) + 0.01 * Double(slice) },
        partialDependenceError: labels.map { _ in 0.3 / Double(max(rows, 1)).squareRoot() },
        support: labels.indices.map { rows / (2 + 3 * $0) })
    }
    return FeatureEffect(feature: feature, labels: labels, curves: curves)
  }

  /// One grid point.
  private func single(_ feature: Int, _ evaluation: Evaluation) -> FeatureEffect {
    FeatureEffect(
      feature: feature, grid: [3.5],
      curves: [
        .init(
          slice: 0, rows: evaluation.slices.rows[0], partialDependence: [0.24],
          partialDependenceError: [0.003],
          accumulatedEffect: [0], accumulatedEffectError: [0], support: [evaluation.slices.rows[0]])
      ], individual: [[0], [0]])
  }

  private func share(_ index: Int) -> Double { weights[index % weights.count] }

  func attributions(_ evaluation: Evaluation, _ groups: [Int]) -> Attributions {
    let all = [0] + groups
    return Attributions(
      method: "TreeSHAP, interventional", scale: .margin, backgroundRows: 100, baseValue: -2.1,
      groups: all.map { slice in
        let sign = slice == 1 || slice == 5 ? -1.0 : slice == 0 ? 0.1 : 0.6
        return Attributions.Group(
          slice: slice, rows: min(1000, evaluation.slices.rows[slice]),
          mean: names.indices.map { share($0) * 14 * sign * ($0 % 4 == 3 ? -0.7 : 1) },
          standardError: names.indices.map { _ in
            0.4 / Double(max(1, evaluation.slices.rows[slice])).squareRoot()
          },
          meanAbsolute: names.indices.map { abs(share($0)) * 20 })
      },
      rows: [17, 4021].map { row in
        Attributions.Row(
          row: row, prediction: 0.83, values: names.indices.map { share($0) * ($0 % 3 == 1 ? -30 : 25) },
          errors: names.indices.map { row == 17 ? 0 : 0.01 * Double($0) },
          texts: names.indices.map { $0 % 2 == 0 ? "Never-married" : "\($0 * 7)" })
      })
  }

  func decompositions(_ groups: [Int]) -> [GapDecomposition] {
    guard groups.count >= 2 else { return [] }
    let parts = names.indices.map { share($0) * 20 * ($0 % 4 == 3 ? -0.5 : 1) }
    return [
      GapDecomposition(
        slice: 2, reference: 1, scale: .margin, difference: parts.reduce(0, +), parts: parts,
        standardError: parts.map { 0.02 + abs($0) / 10 }, lower: parts.map { $0 - 0.04 - abs($0) / 5 },
        upper: parts.map { $0 + 0.04 + abs($0) / 5 })
    ]
  }

  func interactions() -> [FeatureInteraction] {
    guard names.count >= 4 else { return [] }
    return [
      .init(first: 0, second: 2, hSquared: 0.021, strength: 0.014, rows: 300),
      .init(first: 1, second: 3, hSquared: 0.083, strength: 0.027, rows: 300),
      .init(first: 0, second: 3, hSquared: .nan, strength: 0, rows: 300),
    ]
  }

  func flips() -> [FlipCounts] {
    guard names.count > 9 else { return [] }
    return [
      .init(
        feature: 8, from: "Female", to: "Male", rows: 5421, toPositive: 148, toNegative: 20,
        share: 168.0 / 5421,
        lower: 0.0267, upper: 0.0360, meanChange: 0.0121),
      .init(
        feature: 8, from: "Male", to: "Female", rows: 10860, toPositive: 3, toNegative: 97,
        share: 100.0 / 10860,
        lower: 0.0076, upper: 0.0112, meanChange: -0.0083),
      .init(
        feature: 9, from: "<b>", to: "", rows: 0, toPositive: 0, toNegative: 0, share: .nan, lower: .nan,
        upper: .nan,
        meanChange: .nan),
    ]
  }

  // MARK: Examples

  static func explained(_ change: (inout ExplanationFixture) -> Void = { _ in }) -> Evaluation {
    var evaluation = EvaluationFixture.adult.make()
    var fixture = ExplanationFixture()
    change(&fixture)
    evaluation.explanation = fixture.make(evaluation)
    return evaluation
  }

  /// Model and features, and nothing else.
  static var bare: Evaluation {
    var evaluation = EvaluationFixture.adult.make()
    let full = ExplanationFixture().features()
    evaluation.explanation = Explanation(
      model: ExplainedModel(name: "m", kind: "program", output: "the score"),
      sampling: ExplanationSampling(
        rows: 1, rowCount: 1, repeats: .exact, repeatLimit: 0, level: 0.99, seed: 1),
      features: full)
    return evaluation
  }

  /// Every number of the importances, effects and attributions is NaN.
  static var unknown: Evaluation {
    var evaluation = explained()
    guard var explanation = evaluation.explanation else { return evaluation }
    func blank(_ values: inout [Double]) { values = values.map { _ in .nan } }
    for index in explanation.importances.indices {
      explanation.importances[index].base = .nan
      blank(&explanation.importances[index].permuted)
      blank(&explanation.importances[index].importance)
      blank(&explanation.importances[index].ratio)
      blank(&explanation.importances[index].permutedSize)
      blank(&explanation.importances[index].standardError)
      blank(&explanation.importances[index].shuffleError)
      blank(&explanation.importances[index].lower)
      blank(&explanation.importances[index].upper)
      blank(&explanation.importances[index].pValue)
      blank(&explanation.importances[index].holm)
      blank(&explanation.importances[index].benjaminiHochberg)
      explanation.importances[index].raw = explanation.importances[index].raw.map { $0.map { _ in .nan } }
      explanation.importances[index].reasons = explanation.importances[index].reasons.map { _ in
        "no positives"
      }
    }
    for index in explanation.effects.indices {
      for curve in explanation.effects[index].curves.indices {
        blank(&explanation.effects[index].curves[curve].partialDependence)
        blank(&explanation.effects[index].curves[curve].partialDependenceError)
        blank(&explanation.effects[index].curves[curve].accumulatedEffect)
        blank(&explanation.effects[index].curves[curve].accumulatedEffectError)
      }
    }
    for index in explanation.decompositions.indices {
      explanation.decompositions[index].difference = .nan
      blank(&explanation.decompositions[index].parts)
    }
    for index in explanation.attributions?.groups.indices ?? 0..<0 {
      if var group = explanation.attributions?.groups[index] {
        blank(&group.mean)
        blank(&group.standardError)
        blank(&group.meanAbsolute)
        explanation.attributions?.groups[index] = group
      }
    }
    evaluation.explanation = explanation
    return evaluation
  }
}
