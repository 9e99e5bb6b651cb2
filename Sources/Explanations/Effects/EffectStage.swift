import Models
import Results

/// Slices, and a scorer of the rows that partial dependence needs: what all features share.
struct EffectStage: Sendable {
  private let input: ExplanationInput
  private let slices: [EffectSlices.Slice]
  /// The sampled rows and the donors alone.
  private let rescorer: any Rescoring
  /// Where each row of the input stands among these; -1 where it does not.
  private let places: [Int32]
  private let samples: [EffectSample]
  /// Rows with individual curves.
  private let individuals: [Int32]

  /// - Parameter donors: rows that hold the values of all grids
  init(_ input: ExplanationInput, _ slices: EffectSlices, donors: [Int32]) throws(Failure) {
    self.input = input
    self.slices = slices.slices
    var isNeeded = [Bool](repeating: false, count: input.rowCount)
    for row in slices.slices.lazy.flatMap(\.sampled) { isNeeded[Int(row)] = true }
    for row in donors { isNeeded[Int(row)] = true }
    var places = [Int32](repeating: -1, count: input.rowCount)
    var needed: [Int32] = []
    for row in isNeeded.indices where isNeeded[row] {
      places[row] = Int32(needed.count)
      needed.append(Int32(row))
    }
    self.places = places
    rescorer = needed.count < input.rowCount ? try input.rescorer.selecting(needed) : input.rescorer
    samples = slices.slices.map { slice in
      EffectSample(slice.sampled, of: input, at: slice.sampled.map { places[Int($0)] })
    }
    individuals = try Self.spread(
      slices.slices.first?.sampled ?? [], places, rescorer.scores()[input.output])
  }

  /// Some rows, ascending, whose scores lie at equal steps of rank.
  private static func spread(_ rows: [Int32], _ places: [Int32], _ scores: [Double]) -> [Int32] {
    let ranked = rows.sorted {
      let (a, b) = (scores[Int(places[Int($0)])], scores[Int(places[Int($1)])])
      return a == b ? $0 < $1 : a < b
    }
    let count = min(EffectsEngine.individualLimit, rows.count)
    return (0..<count).map { ranked[(2 * $0 + 1) * ranked.count / (2 * count)] }.sorted()
  }

  func effect(of varied: EffectsEngine.Varied) throws(Failure) -> FeatureEffect {
    let shown = slices.indices.filter { slices[$0].feature != varied.name }
    let grid = varied.grid
    var effect = FeatureEffect(
      feature: varied.index, grid: grid.values, labels: grid.labels,
      curves: shown.map { curve(slices[$0], grid) },
      individual: individuals.map { _ in [] })
    try setPartialDependence(varied, shown, &effect)
    if !grid.values.isEmpty { try setAccumulatedEffects(varied, shown, &effect) }
    return effect
  }

  /// A curve that has only its support.
  private func curve(_ slice: EffectSlices.Slice, _ grid: EffectGrid) -> FeatureEffect.Curve {
    var support = [Int](repeating: 0, count: grid.pointCount)
    for row in slice.rows where grid.points[Int(row)] >= 0 { support[Int(grid.points[Int(row)])] += 1 }
    return FeatureEffect.Curve(
      slice: slice.index, rows: slice.sampled.count, partialDependence: [], partialDependenceError: [],
      support: support)
  }

  private func setPartialDependence(
    _ varied: EffectsEngine.Varied, _ shown: [Int], _ effect: inout FeatureEffect
  ) throws(Failure) {
    let donors = varied.grid.donors.map { places[Int($0)] }
    let step = max(1, EffectsEngine.batchScores / max(1, rescorer.rowCount))
    for start in stride(from: 0, to: donors.count, by: step) {
      let batch = try rescorer.scores(
        moving: [varied.column],
        donors: donors[start..<min(start + step, donors.count)].map {
          Array(repeating: $0, count: rescorer.rowCount)
        })
      for outputs in batch { add(outputs[input.output], shown, &effect) }
    }
    for row in effect.individual.indices {
      let first = effect.individual[row].first ?? 0
      effect.individual[row] = effect.individual[row].map { $0 - first }
    }
  }

  /// Adds a point, from the scores with the feature set to it.
  private func add(_ scores: [Double], _ shown: [Int], _ effect: inout FeatureEffect) {
    for (place, slice) in shown.enumerated() {
      let mean = samples[slice].mean(of: scores)
      effect.curves[place].partialDependence.append(mean.value)
      effect.curves[place].partialDependenceError.append(mean.error)
    }
    for (place, row) in individuals.enumerated() {
      effect.individual[place].append(scores[Int(places[Int(row)])])
    }
  }

  private func setAccumulatedEffects(
    _ varied: EffectsEngine.Varied, _ shown: [Int], _ effect: inout FeatureEffect
  ) throws(Failure) {
    let grid = varied.grid
    let bins = grid.points.map { $0 < 0 ? -1 : max(0, $0 - 1) }
    let differences = try differences(varied, bins)
    var fallback: [Double]?
    for (place, slice) in shown.enumerated() {
      let known = slices[slice].rows.filter { bins[Int($0)] >= 0 }
      let effects = AccumulatedEffects(
        EffectSample(known, of: input), bins: bins, differences: differences, binCount: grid.pointCount - 1,
        fallback: fallback)
      if place == 0 { fallback = effects.unitVariance }
      effect.curves[place].accumulatedEffect = effects.effect
      effect.curves[place].accumulatedEffectError = effects.error
    }
  }

  /// For each row, its score at its bin's upper edge minus that at the lower one; 0 where it has no value.
  private func differences(
    _ varied: EffectsEngine.Varied, _ bins: [Int32]
  ) throws(Failure) -> [Double] {
    let donors = varied.grid.donors
    guard donors.count > 1 else { return Array(repeating: 0, count: bins.count) }
    let edges = [0, 1].map { edge in
      bins.indices.map { bins[$0] < 0 ? Int32($0) : donors[Int(bins[$0]) + edge] }
    }
    let scores = try input.rescorer.scores(moving: [varied.column], donors: edges)
    return zip(scores[0][input.output], scores[1][input.output]).map { $1 - $0 }
  }
}
