import Metrics
import Models
import Results

/// Where the Shapley values of rows come from: the model's own form where it is at hand, else the scores of mixed rows.
struct AttributionSource: Sendable {
  private enum Kind: Sendable {
    case margin(MarginAttribution)
    case game(ShapleyGame)
  }

  private let kind: Kind
  private let settings: ExplanationSettings
  let scale: Attributions.Scale
  /// Of all rows, on the scale.
  let predictions: [Double]
  let baseValue: Double

  /// Rows that may be scored for the exact values of a sample; beyond that they are sampled.
  private static let exactScoringLimit = 20_000_000

  init(
    _ input: ExplanationInput, _ groups: [FeatureGroup], _ settings: ExplanationSettings,
    background: [Int32]
  ) throws(Failure) {
    let players = groups.map(\.members)
    let weights = background.map { input.observations.weights?[Int($0)] ?? 1 }
    self.settings = settings
    if settings.attributionScale != .score, let rescorer = input.rescorer as? Rescorer {
      let margin = try MarginAttribution(
        rescorer, output: input.output, players: players, background: background, weights: weights)
      kind = .margin(margin)
      scale = rescorer.scoresAreMargins ? .score : .margin
      (predictions, baseValue) = (margin.margins, margin.baseValue)
    } else {
      guard settings.attributionScale != .margin else {
        throw Failure(
          .data, "attribution_scale: a program or server gives scores, not margins",
          advice: "Leave it out, or say “score”.")
      }
      let game = try ShapleyGame(
        input.rescorer, output: input.output, columns: input.columns, players: players,
        background: background, weights: weights)
      (kind, scale) = (.game(game), .score)
      (predictions, baseValue) = (game.predictions, game.baseValue)
    }
  }

  /// - Parameter isListed: whether each row is looked at by itself, and may cost more
  /// - Parameter progress: told the share of the work that is done, one call at a time
  func values(
    _ rows: [Int32], isListed: Bool, progress: @Sendable (Double) -> Void = { _ in }
  ) throws(Failure) -> ShapleyValues {
    switch kind {
    case .margin(let margin):
      let values = AttributionBlocks.map(rows, threads: settings.threads, progress: progress) {
        margin.values($0)
      }
      return ShapleyValues(values: values, errors: values.map { _ in 0 }, isExact: true)
    case .game(let game):
      return try game.values(
        rows, seed: settings.seed, scoringLimit: isListed ? .max : Self.exactScoringLimit,
        isListed ? .single : .sample, progress: progress)
    }
  }

  func method(isExact: Bool) -> String {
    switch kind {
    case .margin(let margin) where margin.isOfTrees: "TreeSHAP, interventional"
    default: isExact ? "exact" : "antithetic permutations"
    }
  }
}

extension ShapleyGame {
  /// Exact values of rows with few players that differ from the background, sampled values of the others.
  ///
  /// - Parameter scoringLimit: where exact values would cost more scorings, all rows are sampled that would gain by it
  /// - Parameter progress: told the share of the work that is done
  package func values(
    _ rows: [Int32], seed: UInt64, scoringLimit: Int = .max, _ effort: Effort,
    progress: (Double) -> Void = { _ in }
  ) throws(Failure) -> ShapleyValues {
    let counts = rows.map { varying($0).count }
    let cost = counts.reduce(0) { $0 + ($1 <= Self.exactLimit ? (1 << $1) * background.count : 0) }
    // Up to four players, all sets are no more than the fewest orders.
    let limit = cost <= scoringLimit ? Self.exactLimit : 4
    let places = rows.indices.filter { counts[$0] <= limit }
    let others = rows.indices.filter { counts[$0] > limit }
    let exactCost = Double(places.reduce(0) { $0 + 1 << counts[$1] })
    let fewest = Double(others.reduce(0) { $0 + 2 * counts[$1] * effort.pairs.lowerBound })
    let share = exactCost / max(1, exactCost + fewest)
    let exact = try exactValues(places.map { rows[$0] }) { progress($0 * share) }
    let sampled = try sampledValues(others.map { rows[$0] }, seed: seed, effort) {
      progress(share + $0 * (1 - share))
    }
    var values = [Double](repeating: 0, count: rows.count * players.count)
    var errors = values
    for (index, place) in places.enumerated() {
      for player in players.indices {
        values[place * players.count + player] = exact[index * players.count + player]
      }
    }
    for (index, place) in others.enumerated() {
      for player in players.indices {
        values[place * players.count + player] = sampled.values[index * players.count + player]
        errors[place * players.count + player] = sampled.errors[index * players.count + player]
      }
    }
    return ShapleyValues(values: values, errors: errors, isExact: others.isEmpty)
  }
}
