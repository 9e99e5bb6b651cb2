import Fairness
import Metrics
import Statistics

/// Two groups whose scores, decisions and labels lie a known distance apart.
struct DistanceDraw {
  /// How the focal group differs.
  enum Layout: String, CaseIterable {
    case none
    case small
    case clear
    /// Same mean, wider.
    case crossing

    /// Where the focal group's scores lie, and how wide; of both labels.
    var scores: (shift: Double, width: Double) {
      switch self {
      case .none: (0, 1)
      case .small: (0.15, 1)
      case .clear: (0.6, 1)
      case .crossing: (0, 1.6)
      }
    }

    /// How far the positives lie above the negatives; in the reference group 1.
    var separation: Double {
      switch self {
      case .none: 1
      case .small: 1.2
      case .clear: 2
      case .crossing: 1
      }
    }

    /// The focal group's shares of four classes.
    var shares: [Double] {
      switch self {
      case .none: [0.4, 0.3, 0.2, 0.1]
      case .small: [0.35, 0.3, 0.22, 0.13]
      case .clear: [0.2, 0.25, 0.25, 0.3]
      case .crossing: [0.3, 0.4, 0.1, 0.2]
      }
    }

    /// By how much labels are likelier than scores say, alternately up and down where they cross.
    var miscalibration: Double {
      switch self {
      case .none: 0
      case .small: 0.05
      case .clear: 0.2
      case .crossing: -0.1
      }
    }
  }

  struct Found {
    /// In the order of `names`.
    var values = [Tally](repeating: Tally(), count: DistanceDraw.names.count)
  }

  static let names = [
    "ABROCA", "Wasserstein", "Kolmogorov–Smirnov", "median rate gap", "statistical parity area",
    "total variation", "Jensen–Shannon", "calibration, worst", "calibration, mean",
  ]

  let size: Int
  let layout: Layout
  let runs: Int
  private let reference = [0.4, 0.3, 0.2, 0.1]

  func run() -> Found {
    var found = Found()
    let random = KeyedRandom(seed: 6, key: "distances, \(size), \(layout.rawValue)")
    let truth = truth()
    for run in 0..<runs {
      var stream = random.stream(UInt64(run))
      let draws = DistanceDraws(replicates: 1000, seed: UInt64(run), level: RateDraw.level)
      let numbers = scores(&stream, draws) + shares(&stream, draws) + calibration(&stream, draws)
      for (index, number) in numbers.enumerated() {
        found.values[index].enter(truth[index], number.limits?.lower, number.limits?.upper)
      }
    }
    return found
  }

  // MARK: Draws

  private func scores(_ random: inout KeyedRandom, _ draws: DistanceDraws) -> [MeasureNumber] {
    let reference = curve(separation: 1, width: 1, &random)
    let focal = curve(separation: layout.separation, width: layout.scores.width, &random)
    let area = AreaBetweenCurves.area(focal, reference)
    let a = sample((0..<size).map { _ in random.normal() })
    let b = sample((0..<size).map { _ in layout.scores.shift + layout.scores.width * random.normal() })
    let curves = PairDistances(focal, reference, labels: true, key: "curves", draws: draws)
    let points = PairDistances(b, a, labels: false, key: "points", draws: draws)
    guard let gap = DistributionGap(b.scores, a.scores), let curves, let points else { return [] }
    let (wasserstein, largest) = points.numbers(wasserstein: gap.wasserstein, largest: gap.largest)
    let groups = [("f", b), ("r", a)].map { name, rows in
      NumberParity.Group(name, labels: rows.scores, predictions: rows.scores)
    }
    let median = PredictionQuantiles(a.scores + b.scores, weights: nil).value(at: 0.5)
    let rates = NumberParity.quantileRateGap(groups, atLeast: median, level: RateDraw.level, seed: 0)
    let parity = ThresholdParity(b, a).map { points.betweenShares(.value($0.area)) }
    return [curves.betweenCurves(area), wasserstein, largest, rates] + (parity.map { [$0] } ?? [])
  }

  private func sample(_ values: [Double]) -> AreaBetweenCurves.Group {
    AreaBetweenCurves.Group("g", scores: values.sorted(), labels: values.map { _ in 0 })
  }

  /// Half of the rows are positive.
  private func curve(
    separation: Double, width: Double, _ random: inout KeyedRandom
  ) -> AreaBetweenCurves.Group {
    let rows = (0..<size).map { row -> (score: Double, label: UInt8) in
      row % 2 == 0 ? (random.normal(), 0) : (separation + width * random.normal(), 1)
    }
    let sorted = rows.sorted { $0.score < $1.score }
    return AreaBetweenCurves.Group("g", scores: sorted.map(\.score), labels: sorted.map(\.label))
  }

  private func shares(_ random: inout KeyedRandom, _ draws: DistanceDraws) -> [MeasureNumber] {
    let counts = [reference, layout.shares].map { shares -> [Double] in
      var drawn: [Int] = []
      multinomial(trials: size, probabilities: shares, into: &drawn, using: &random)
      return drawn.map { Double($0) }
    }
    let outcomes = OutcomeDistributions(reference: counts[0], focal: counts[1])
    let distances = ShareDistances(counts, sizes: nil, key: "shares", draws: draws)
    return [FairnessMeasure.totalVariation, .jensenShannon].map { distances.number($0, of: outcomes) }
  }

  private static let bins = 5

  /// Scores in the middle of five bins.
  private func calibration(_ random: inout KeyedRandom, _ draws: DistanceDraws) -> [MeasureNumber] {
    var (scores, labels, groups): ([Double], [UInt8], [Int]) = ([], [], [])
    for row in 0..<2 * size {
      let (group, bin) = (row % 2, random.integer(below: Self.bins))
      scores.append((Double(bin) + 0.5) / Double(Self.bins))
      groups.append(group)
      labels.append(random.uniform() < chance(group, bin) ? 1 : 0)
    }
    let found = GroupCalibration(
      scores: scores, labels: labels, groups: groups, groupCount: 2, bins: Self.bins)
    let distances = CalibrationDistances(found, key: "calibration", draws: draws)
    return [distances.worst(atLeast: 1), distances.mean()]
  }

  private func chance(_ group: Int, _ bin: Int) -> Double {
    let score = (Double(bin) + 0.5) / Double(Self.bins)
    let off = layout.miscalibration
    guard group == 1 else { return score }
    return min(1, max(0, score + (off < 0 && bin % 2 == 1 ? off : abs(off))))
  }

  // MARK: Truth

  private func truth() -> [Double] {
    let steps = 20_000
    let (shift, width) = layout.scores
    var (area, between, largest, parity) = (0.0, 0.0, 0.0, 0.0)
    let half = 10 / Double(steps)
    func share(_ x: Double) -> Double { (Normal.survival(x) + Normal.survival((x - shift) / width)) / 2 }
    for step in 0..<steps {
      let rate = (Double(step) + 0.5) / Double(steps)
      let z = Normal.quantile(rate)
      area += abs(
        1 - Normal.survival(1 + z) - (1 - Normal.survival((layout.separation + z) / layout.scores.width)))
      let x = 20 * rate - 10
      let gap = abs(Normal.survival(x) - Normal.survival((x - shift) / width))
      between += gap * 20
      largest = max(largest, gap)
      parity += gap * (share(x - half) - share(x + half))
    }
    let outcomes = OutcomeDistributions(reference: reference, focal: layout.shares)
    let gaps = (0..<2).flatMap { group in
      (0..<Self.bins).map { abs(chance(group, $0) - (Double($0) + 0.5) / Double(Self.bins)) }
    }
    // Both groups' median lies half way between theirs.
    let rates = 1 - 2 * Normal.survival(shift / 2)
    return [
      area / Double(steps), between / Double(steps), largest, rates, parity,
      outcomes.totalVariation.value ?? .nan, outcomes.jensenShannon.value ?? .nan, gaps.max() ?? 0,
      gaps.reduce(0, +) / Double(gaps.count),
    ]
  }
}
