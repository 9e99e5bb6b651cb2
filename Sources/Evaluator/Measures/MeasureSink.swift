import Fairness
import Glibc
import Metrics
import Results
import Statistics

/// Collects values that are asked for.
struct MeasureSink {
  /// What a value is about.
  struct Place {
    var family: Int?
    var group: Int?
    var reference: Int?
    var metric: String?
    var stratum: String?
    var variant: String?
    var detail: String?
  }

  /// The rows that a value comes from.
  struct Base {
    var rows = 0
    var weight = 0.0
    var effectiveCount = 0.0

    init(_ counts: OutcomeCounts) {
      rows = counts.rowCount
      weight = counts.weight
      let squares = counts.squaredWeight
      effectiveCount = squares > 0 ? weight * weight / squares : 0
    }

    init(rows: Int, weight: Double, effectiveCount: Double) {
      (self.rows, self.weight, self.effectiveCount) = (rows, weight, effectiveCount)
    }

    init(rows: Int) { self.init(rows: rows, weight: Double(rows), effectiveCount: Double(rows)) }
  }

  let wish: MeasureWish
  /// Rows of one unit are not independent: intervals and tests that take them to be are dropped.
  let isClustered: Bool
  private(set) var results: [MeasureResult] = []

  init(_ wish: MeasureWish, isClustered: Bool) { (self.wish, self.isClustered) = (wish, isClustered) }

  var tool: Compatibility? { wish.tool }

  func asks(for measure: FairnessMeasure) -> Bool { wish.asks(for: measure) }

  /// Whether any of several measures is asked for.
  func asks(forAnyOf measures: [FairnessMeasure]) -> Bool { measures.contains(where: wish.asks) }

  /// - Parameters:
  ///   - keepsInterval: whether limits hold also where units repeat
  ///   - number: made only where it is asked for
  mutating func add(
    _ measure: FairnessMeasure, _ place: Place, _ base: Base, keepsInterval: Bool = false,
    _ number: () -> MeasureNumber
  ) {
    guard let name = wish.name(measure, metric: place.metric, variant: place.variant) else { return }
    var found = number()
    if isClustered, !keepsInterval { found = found.ofRepeatedUnits }
    results.append(
      MeasureResult(
        measure: measure.id, tool: wish.tool?.rawValue, name: name, metric: place.metric,
        family: place.family, group: place.group, reference: place.reference, stratum: place.stratum,
        variant: place.variant, estimate: Self.estimate(found, base), pValue: found.p, test: found.test,
        interval: found.limits == nil ? nil : found.interval, detail: Self.detail(place, found)))
  }

  /// With what chance alone shows, to three digits.
  private static func detail(_ place: Place, _ number: MeasureNumber) -> String? {
    guard let chance = number.chance, chance > 0 else { return place.detail }
    let unit = pow(10, 2 - log10(chance).rounded(.down))
    let text = "by chance alone \(NumberText.text((chance * unit).rounded() / unit))"
    return place.detail.map { "\($0); \(text)" } ?? text
  }

  /// Gives the last value's metric another name.
  mutating func rename(_ metric: String) { results[results.count - 1].metric = metric }

  private static func estimate(_ number: MeasureNumber, _ base: Base) -> Estimate {
    let status: EstimateStatus =
      number.value.value == nil ? .undefined : number.limits == nil ? .notEstimable : .ok
    return Estimate(
      value: number.value.value, lower: number.limits?.lower, upper: number.limits?.upper,
      denominator: base.rows, weight: base.weight, effectiveCount: base.effectiveCount, status: status,
      reason: status == .undefined ? number.value.reason : status == .ok ? nil : number.reason)
  }
}
