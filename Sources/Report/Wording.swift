import Charts
import Results
import Templating

/// Numbers and estimates as the page writes them.
enum Wording {
  /// Estimates on fewer observations are drawn hollow.
  static let smallCount = 30

  static func count(_ value: Int) -> String { NumberText.count(Double(value)) }

  static func value(_ value: Double, signed: Bool = false) -> String {
    NumberText.value(value, isSigned: signed)
  }

  /// `[0.660, 0.764]`.
  static func interval(_ estimate: Estimate, signed: Bool = false) -> String? {
    guard let lower = estimate.lower, let upper = estimate.upper else { return nil }
    return "[\(value(lower, signed: signed)), \(value(upper, signed: signed))]"
  }

  /// `0.712 [0.660, 0.764]`, `— no positives`.
  static func text(_ estimate: Estimate, kind: MetricEntry.Kind = .rate, signed: Bool = false) -> String {
    guard let number = estimate.value else { return "— \(reason(estimate) ?? "no value")" }
    if kind == .count { return NumberText.count(number) }
    return shown(number, kind, signed: signed) + (interval(estimate, signed: signed).map { " " + $0 } ?? "")
  }

  /// A number of a kind. A mean or a loss that rounding alone keeps from zero is zero.
  static func shown(_ number: Double, _ kind: MetricEntry.Kind, signed: Bool = false) -> String {
    if kind == .count { return NumberText.count(number) }
    return value(isNoise(number, kind) ? 0 : number, signed: signed)
  }

  private static func isNoise(_ number: Double, _ kind: MetricEntry.Kind) -> Bool {
    (kind == .mean || kind == .loss) && abs(number) < 1e-12
  }

  /// Why there is no value or no interval.
  static func reason(_ estimate: Estimate) -> String? {
    switch estimate.status {
    case .ok: nil
    case .undefined: estimate.reason ?? "not defined"
    case .empty: estimate.reason ?? "no rows"
    case .notEstimable: "no interval: " + (estimate.reason ?? "not estimable")
    case .suppressed: "withheld" + (estimate.reason.map { ": " + $0 } ?? "")
    }
  }

  static func isSmall(_ estimate: Estimate) -> Bool { estimate.denominator < smallCount }

  /// Whether the interval lies on one side of the value that means “no gap”.
  static func excludes(_ neutral: Double, _ estimate: Estimate) -> Bool {
    guard estimate.status == .ok, let lower = estimate.lower, let upper = estimate.upper else { return false }
    return lower > neutral || upper < neutral
  }

  /// The distance from “no gap” that the interval vouches for; 0 where it includes it.
  static func assured(_ estimate: Estimate) -> Double {
    guard excludes(0, estimate), let lower = estimate.lower, let upper = estimate.upper else { return 0 }
    return max(lower, -upper)
  }

  static func pValue(_ value: Double?) -> String? {
    value.map { $0 < 0.001 ? "< 0.001" : NumberText.value($0) }
  }

  /// `95 %`, `99.5 %`.
  static func level(_ level: Double) -> String {
    let tenths = Int((level * 1000).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }

  static func plural(_ count: Int, _ one: String, _ many: String) -> String {
    "\(self.count(count)) \(count == 1 ? one : many)"
  }

  static func reading(_ estimate: Estimate?) -> Reading {
    guard let estimate else { return .absent("not computed") }
    return Reading(
      estimate.value, estimate.lower, estimate.upper, isUnstable: isSmall(estimate), reason: reason(estimate))
  }
}

extension Estimate {
  /// What a template needs to write the estimate; every key is always there, so that none is found further out.
  func cell(_ kind: MetricEntry.Kind = .rate, signed: Bool = false) -> TemplateValue {
    let shown = value.map { Wording.shown($0, kind, signed: signed) }
    return [
      "shown": shown.map { .text($0) } ?? .null,
      "interval": Wording.interval(self, signed: signed).map { .text($0) } ?? .null,
      "reason": Wording.reason(self).map { .text($0) } ?? .null,
      "n": .text(Wording.count(denominator)),
      "isSmall": .bool(value != nil && kind != .count && Wording.isSmall(self)),
      "raw": value.map { .number($0) } ?? .null,
      "status": .text(status.rawValue),
    ]
  }
}
