import Glibc
import Metrics
import Results
import Statistics

/// Any metric of a focal and a reference group compared within strata, and taken together over them, by the estimates of
/// each group in each stratum. A rate of independent rows goes by its counts (`StratifiedComparison`).
///
/// Pooling weighs a stratum by n_f n_r/(n_f + n_r), n the weight in a group's denominator: weights by precision
/// (inverse variance) are made of the same few rows as the differences, and draw the mean towards strata that happen to
/// vary little.
package struct StratifiedEstimates: Sendable {
  /// One stratum.
  package struct Stratum: Sendable {
    package let name: String
    package let focal: Side
    package let reference: Side
    /// Of the two estimates; 0 where the groups share no unit.
    package let correlation: Double

    package init(_ name: String, focal: Side, reference: Side, correlation: Double = 0) {
      self.name = name
      (self.focal, self.reference, self.correlation) = (focal, reference, correlation)
    }
  }

  /// A stratum in which both groups have a value.
  private struct Term {
    let stratum: Stratum
    let place: Int
    let values: (focal: Double, reference: Double)
    let weights: (focal: Double, reference: Double)
    let errors: (focal: Double, reference: Double)?
    let sizes: (focal: Double, reference: Double)

    /// Var(a·m_f − b·m_r); nil where an error is not known.
    func variance(_ a: Double, _ b: Double) -> Double? {
      errors.map { errors in
        let (x, y) = (a * errors.focal, b * errors.reference)
        return max(0, x * x + y * y - 2 * stratum.correlation * x * y)
      }
    }

    /// Of the difference's variance (Satterthwaite 1946).
    var degreesOfFreedom: Double {
      guard let errors else { return 1 }
      let (a, b) = (errors.focal * errors.focal, errors.reference * errors.reference)
      let parts = a * a / max(1, sizes.focal - 1) + b * b / max(1, sizes.reference - 1)
      return parts > 0 ? (a + b) * (a + b) / parts : 1
    }
  }

  package let metric: Metric
  package let strata: [Stratum]
  private let comparer: PairComparer
  private let joint: JointErrors?
  private let terms: [Term]

  /// - Parameter joint: where units have rows in several strata
  package init(_ metric: Metric, _ strata: [Stratum], comparer: PairComparer, joint: JointErrors? = nil) {
    (self.metric, self.strata, self.comparer, self.joint) = (metric, strata, comparer, joint)
    terms = strata.enumerated().compactMap { place, stratum in
      guard let own = stratum.focal.estimate(metric), let other = stratum.reference.estimate(metric),
        let focal = own.value, let reference = other.value
      else { return nil }
      return Term(
        stratum: stratum, place: place, values: (focal, reference), weights: (own.weight, other.weight),
        errors: own.standardError.flatMap { error in other.standardError.map { (error, $0) } },
        sizes: (own.effectiveCount, other.effectiveCount))
    }
  }

  /// The strata that say nothing.
  package var excluded: [String] {
    let said = Set(terms.map(\.place))
    return strata.indices.filter { !said.contains($0) }.map { strata[$0].name }
  }

  /// Focal − reference, or focal / reference, in one stratum.
  package func compared(_ place: Int, _ kind: Gap.Kind, level: Double) -> MeasureNumber {
    let stratum = strata[place]
    return MeasureNumber(
      comparer.compare(
        metric, stratum.focal, stratum.reference, kind: kind, level: level, correlation: stratum.correlation))
  }

  private static let noStratum = "no stratum has both groups"

  /// The weights of the strata that say something, of sum 1; nil without any.
  private func weights(_ measure: FairnessMeasure) -> [Double]? {
    let weights = terms.map { term in
      let (n, m) = term.weights
      return measure == .standardizedDifference ? n + m : n + m > 0 ? n * m / (n + m) : 0
    }
    let total = weights.reduce(0, +)
    return total > 0 ? weights.map { $0 / total } : nil
  }

  // MARK: Differences

  /// Σ w_s (m_f − m_r)_s: limits from those of each stratum (MOVER); where units span strata, stretched to what they
  /// make of the error.
  package func difference(_ measure: FairnessMeasure, level: Double) -> MeasureNumber {
    guard let weights = weights(measure) else {
      return MeasureNumber(.undefined(Self.noStratum), reason: "")
    }
    let value = zip(weights, terms).reduce(0) { $0 + $1.0 * ($1.1.values.focal - $1.1.values.reference) }
    var parts: [(weight: Double, value: Double, limits: Interval)] = []
    for (weight, term) in zip(weights, terms) {
      let found = compared(term.place, .difference, level: level)
      guard let limits = found.limits else {
        return MeasureNumber(
          .value(value), reason: "\(term.stratum.name): \(found.reason ?? "no interval is known")")
      }
      parts.append((weight, term.values.focal - term.values.reference, limits))
    }
    let error = error(weights, weights)
    var limits = Interval.sum(parts)
    if joint != nil, let apart = apart(weights, weights), apart > 0, let error {
      let stretch = error / apart
      limits = Interval(
        lower: value - (value - limits.lower) * stretch, upper: value + (limits.upper - value) * stretch)
    }
    return MeasureNumber(
      .value(value), limits, "MOVER over strata" + (joint == nil ? "" : ", with units that span them"),
      test: error.flatMap { Self.test(value, $0) })
  }

  /// Standard error of Σ a_s m_{f,s} − Σ b_s m_{r,s} over the strata that say something; nil where one is not known.
  private func error(_ a: [Double], _ b: [Double]) -> Double? {
    guard let joint else { return apart(a, b) }
    guard terms.allSatisfy({ $0.errors != nil }) else { return nil }
    var (focal, reference) = (
      [Double](repeating: 0, count: strata.count), [Double](repeating: 0, count: strata.count)
    )
    for (index, term) in terms.enumerated() {
      (focal[term.place], reference[term.place]) = (a[index], b[index])
    }
    return joint.variance(focal: focal, reference: reference).squareRoot()
  }

  /// The same of strata that share nothing.
  private func apart(_ a: [Double], _ b: [Double]) -> Double? {
    var variance = 0.0
    for (index, term) in terms.enumerated() {
      guard let own = term.variance(a[index], b[index]) else { return nil }
      variance += own
    }
    return variance.squareRoot()
  }

  private static func test(_ value: Double, _ error: Double) -> (p: Double, name: String)? {
    error > 0 ? (min(1, 2 * Normal.survival(abs(value / error))), "Wald z test") : nil
  }

  // MARK: Ratios

  /// Σ w_s m_{f,s} / Σ w_s m_{r,s}, normal on the log scale.
  package func ratio(level: Double) -> MeasureNumber {
    guard let weights = weights(.pooledRatio) else {
      return MeasureNumber(.undefined(Self.noStratum), reason: "")
    }
    let (top, bottom) = zip(weights, terms).reduce(into: (0.0, 0.0)) { sums, next in
      sums.0 += next.0 * next.1.values.focal
      sums.1 += next.0 * next.1.values.reference
    }
    let value = MeasureValue.quotient(top, bottom, reason: "the metric is 0 in every stratum")
    guard top > 0, bottom > 0 else { return MeasureNumber(value, reason: "a value is not above 0") }
    guard let error = error(weights.map { $0 / top }, weights.map { $0 / bottom }) else {
      return MeasureNumber(value, reason: "a group has no standard error in a stratum")
    }
    let half = Normal.criticalValue(level: level) * error
    return MeasureNumber(
      value, Interval(lower: top / bottom * exp(-half), upper: top / bottom * exp(half)),
      "log normal (delta method)", test: Self.test(log(top / bottom), error),
      reason: "no variation to judge by")
  }

  // MARK: Rates

  /// The same by counts, where the metric is a rate: what it counts is selected from what it divides by. nil elsewhere.
  package var comparison: StratifiedComparison? {
    guard metric.isRate else { return nil }
    func counts(_ side: Side) -> GroupCounts {
      let share = side.share(metric)
      let rest = (share?.rows ?? 0) - (share?.successRows ?? 0)
      let weights = [share?.successes ?? 0, (share?.trials ?? 0) - (share?.successes ?? 0)]
      // Squares are shared out as weights are.
      let size = share?.effectiveCount ?? 0
      let square = size > 0 ? (weights[0] + weights[1]) / size : 0
      return GroupCounts(
        side.name,
        OutcomeCounts(
          rows: [share?.successRows ?? 0, 0, 0, rest], weights: [weights[0], 0, 0, weights[1]],
          squaredWeights: [weights[0] * square, 0, 0, weights[1] * square]))
    }
    return StratifiedComparison(
      strata.map { .init($0.name, focal: counts($0.focal), reference: counts($0.reference)) })
  }

  // MARK: Homogeneity

  /// Whether one difference holds in every stratum.
  package var homogeneity: MeasureNumber {
    guard terms.allSatisfy({ $0.errors != nil }) else {
      return MeasureNumber(.undefined("a group has no standard error in a stratum"), reason: "")
    }
    let values = terms.map { $0.values.focal - $0.values.reference }
    guard let joint, terms.count > 1 else {
      return DifferenceHomogeneity(
        zip(values, terms).map {
          .init(value: $0, variance: $1.variance(1, 1) ?? 0, degreesOfFreedom: $1.degreesOfFreedom)
        }
      ).number
    }
    let count = terms.count
    let matrix =
      count <= DifferenceHomogeneity.mostJoint
      ? joint.covariances(of: terms.map(\.place)) : [Double](repeating: 1, count: count * count)
    return DifferenceHomogeneity(
      values.indices.map { .init(value: values[$0], variance: matrix[$0 * count + $0]) },
      covariances: matrix, units: joint.units
    ).number
  }
}

extension MeasureNumber {
  /// What a comparison found.
  package init(_ comparison: Comparison) {
    self.init(
      comparison.value.map { .value($0) } ?? .undefined(comparison.reason ?? "no value"), comparison.limits,
      comparison.interval ?? "",
      test: comparison.pValue.map { (p: $0, name: comparison.test ?? "") },
      reason: comparison.reason ?? "no interval can be given")
  }
}
