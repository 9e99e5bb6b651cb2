import Glibc
import Metrics
import Results
import Statistics

/// Scores of positives and negatives, and what the metrics make of them by their textbook formulas.
struct Scores {
  var positives: [Double]
  var negatives: [Double]

  /// Normal scores, the positives' higher by `shift` at the place of each.
  static func binormal(_ m: Int, _ n: Int, shift: Double, _ random: inout KeyedRandom) -> Scores {
    Scores(
      positives: (0..<m).map { _ in random.normal() + shift }, negatives: (0..<n).map { _ in random.normal() }
    )
  }

  /// The shift at which the area is `area`.
  static func shift(_ area: Double) -> Double { Normal.quantile(area) * 2.squareRoot() }

  struct Area {
    var value: Double
    /// DeLong's components.
    var positives: [Double]
    var negatives: [Double]
  }

  var area: Area {
    func share(_ x: Double, _ y: Double) -> Double { x > y ? 1 : x == y ? 0.5 : 0 }
    let first = positives.map { x in
      negatives.reduce(0.0) { $0 + share(x, $1) } / Double(negatives.count)
    }
    let second = negatives.map { y in
      positives.reduce(0.0) { $0 + share($1, y) } / Double(positives.count)
    }
    return Area(value: Self.mean(first), positives: first, negatives: second)
  }

  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// Σ(x − x̄)(y − ȳ)/(n − 1)/n.
  static func covariance(_ x: [Double], _ y: [Double]) -> Double {
    let (a, b) = (mean(x), mean(y))
    let sum = zip(x, y).reduce(0.0) { $0 + ($1.0 - a) * ($1.1 - b) }
    return sum / Double(x.count - 1) / Double(x.count)
  }

  static func variance(_ area: Area) -> Double {
    covariance(area.positives, area.positives) + covariance(area.negatives, area.negatives)
  }

  static func estimate(_ area: Area) -> Estimate {
    estimate(area.value, variance(area), rows: area.positives.count + area.negatives.count)
  }

  static func estimate(_ value: Double, _ variance: Double, rows: Int) -> Estimate {
    let error: Double? = variance > 0 ? variance.squareRoot() : nil
    return Estimate(
      value: value, lower: error.map { value - 1.96 * $0 }, upper: error.map { value + 1.96 * $0 },
      standardError: error, denominator: rows, weight: Double(rows), effectiveCount: Double(rows),
      status: error == nil ? .notEstimable : .ok, reason: error == nil ? "no variation to judge by" : nil)
  }

  /// Counts in which everybody is selected: only the size of the classes matters here.
  var counts: OutcomeCounts {
    OutcomeCounts(
      truePositives: positives.count, falsePositives: negatives.count, falseNegatives: 0, trueNegatives: 0)
  }

  /// A slice with its area, and the covariance with the area over all rows where that is given.
  func slice(whole: Scores? = nil, at start: (positives: Int, negatives: Int) = (0, 0)) -> Drawn.Slice {
    let area = area
    var slice = Drawn.Slice(counts)
    slice.scores[.rocAUC] = Self.estimate(area)
    guard let whole else { return slice }
    let all = whole.area
    let shared =
      Self.covariance(
        area.positives, Array(all.positives[start.positives..<start.positives + area.positives.count]))
      / Double(all.positives.count) * Double(area.positives.count)
      + Self.covariance(
        area.negatives, Array(all.negatives[start.negatives..<start.negatives + area.negatives.count]))
      / Double(all.negatives.count) * Double(area.negatives.count)
    slice.covariance[.rocAUC] = shared
    return slice
  }
}

/// Calibrated probabilities on a logistic-normal scale with their log loss.
enum Losses {
  static let (centre, spread) = (-1.0, 1.5)

  /// The expected log loss, by the midpoint rule over the normal distribution.
  static let truth: Double = {
    let steps = 20_000
    var sum = 0.0
    for step in 0..<steps {
      let z = Normal.quantile((Double(step) + 0.5) / Double(steps))
      let p = 1 / (1 + exp(-(centre + spread * z)))
      sum += -p * log(p) - (1 - p) * log(1 - p)
    }
    return sum / Double(steps)
  }()

  static func draw(_ rows: Int, _ random: inout KeyedRandom) -> [Double] {
    (0..<rows).map { _ in
      let p = 1 / (1 + exp(-(centre + spread * random.normal())))
      return random.uniform() < p ? -log(p) : -log(1 - p)
    }
  }

  static func slice(_ losses: [Double], whole: [Double]? = nil) -> Drawn.Slice {
    var slice = Drawn.Slice.selected(losses.count, of: losses.count)
    slice.scores[.logLoss] = Scores.estimate(
      Scores.mean(losses), Scores.covariance(losses, losses), rows: losses.count)
    if let whole {
      slice.covariance[.logLoss] =
        Scores.covariance(losses, losses) * Double(losses.count) / Double(whole.count)
    }
    return slice
  }
}
