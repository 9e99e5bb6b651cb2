import Metrics
import Models
import Results

/// Permutes one feature group for one scoring.
struct ImportanceWorker: Sendable {
  private let input: ExplanationInput
  private let settings: ExplanationSettings
  private let shuffles: Shuffles
  private let needsOrder: Bool
  private let base: ImportanceReading.Prediction

  /// Scores that are held at a time.
  private static let batchLimit = 1 << 21
  /// Repeats between two looks at the shuffle noise.
  private static let step = 10
  /// Shuffle noise that is small beside sampling noise.
  private static let tolerance = 0.2

  init(_ input: ExplanationInput, _ settings: ExplanationSettings, plan: ImportancePlan) {
    self.input = input
    self.settings = settings
    base = plan.base
    needsOrder = !plan.base.order.isEmpty
    let repeats =
      switch settings.repeats {
      case .fixed(let count), .automatic(let count): count
      case .exact: 0
      }
    shuffles = Shuffles(seed: settings.seed, rowCount: input.rowCount, repeats: repeats)
  }

  /// Findings of all quantities of the scoring, in its order.
  ///
  /// - Parameter pools: the pool of every row; nil for one of all rows
  func findings(
    _ group: FeatureGroup, pools: [Int32]?, _ scoring: ImportanceScoring
  ) throws(Failure) -> [ImportanceFinding] {
    if let used = input.rescorer.usedFeatures, used.isDisjoint(with: group.members) {
      return scoring.quantities.joined().joined().map {
        ImportanceFinding(
          permuted: $0.base, permutedSize: $0.reference == nil ? .nan : abs($0.base),
          reason: $0.reason ?? ImportanceReason.unused)
      }
    }
    let layout = layout(pools, scoring.slices)
    var sums = ImportanceSums(
      scoring, labels: input.observations.labels, weights: input.observations.weights, units: input.units)
    switch settings.repeats {
    case .fixed(let count): try permute(group, layout, 0..<max(1, count), &sums)
    case .automatic(let limit):
      repeat {
        let next = sums.repeats..<min(max(1, limit), sums.repeats + Self.step)
        try permute(group, layout, next, &sums)
      } while sums.repeats < limit && !isSettled(sums)
    case .exact:
      return try ExactImportance(input, scoring, layout ?? PoolLayout(rowCount: input.rowCount), base: base)
        .findings(group, sums)
    }
    return sums.findings(isExact: false)
  }

  /// Rows that share a pool and a slice; nil where all rows do.
  private func layout(_ pools: [Int32]?, _ slices: [Int32]?) -> PoolLayout? {
    guard pools != nil || slices != nil else { return nil }
    return PoolLayout(
      (0..<input.rowCount).map { row in
        let slice = Int64(slices?[row] ?? 0)
        return slice < 0 ? -1 : Int64(pools?[row] ?? 0) << 32 | slice
      })
  }

  private func isSettled(_ sums: ImportanceSums) -> Bool {
    sums.findings(isExact: false).allSatisfy { finding in
      guard finding.reason == nil, let variance = finding.variance else { return true }
      return finding.shuffleError < Self.tolerance * variance.variance.squareRoot()
    }
  }

  private func permute(
    _ group: FeatureGroup, _ layout: PoolLayout?, _ repeats: Range<Int>, _ sums: inout ImportanceSums
  ) throws(Failure) {
    let size = max(1, Self.batchLimit / max(1, input.rowCount))
    for start in stride(from: repeats.lowerBound, to: repeats.upperBound, by: size) {
      let batch = (start..<min(start + size, repeats.upperBound)).map {
        shuffles.shuffle($0, within: layout)
      }
      let scores = try input.rescorer.scores(moving: group.members, donors: batch.map(\.donors))
      for (shuffle, scores) in zip(batch, scores) {
        sums.add(input.prediction(scores[input.output], needsOrder: needsOrder), shuffle)
      }
    }
  }
}

extension ExplanationInput {
  /// - Parameter needsOrder: whether a metric looks at the order of scores
  func prediction(_ scores: [Double], needsOrder: Bool) -> ImportanceReading.Prediction {
    ImportanceReading.Prediction(
      scores: scores, decisions: decisions(scores), order: needsOrder ? ScoreSort.order(scores) : [])
  }
}
