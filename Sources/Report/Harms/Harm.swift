import Charts
import Results

/// A gap to a group's disadvantage whose interval excludes zero.
struct Harm {
  enum Kind: CaseIterable {
    case missed, wronglySelected, notSelected

    /// The gap that shows it.
    var gap: String {
      switch self {
      case .missed: "equal_opportunity"
      case .wronglySelected: "false_positive_rate"
      case .notSelected: "demographic_parity"
      }
    }

    /// Whether a larger value is the harm.
    var isMore: Bool { self == .wronglySelected }
  }

  let kind: Kind
  let gap: Gap
  /// Rates in the group and in what it is compared with.
  let own: Estimate
  let other: Double
  /// The size of the harm as a share, and its limits, all positive.
  let size: Double
  let lower: Double
  let upper: Double

  /// - Returns: nil where the gap is none to this disadvantage, or not for sure
  init?(_ kind: Kind, _ gap: Gap, _ evaluation: Evaluation) {
    guard let group = gap.group, let own = evaluation.estimate(gap.component, slice: group),
      let rate = own.value, let value = gap.estimate.value, Wording.excludes(0, gap.estimate),
      let low = gap.estimate.lower, let high = gap.estimate.upper, (value > 0) == kind.isMore
    else { return nil }
    (self.kind, self.gap, self.own) = (kind, gap, own)
    other = rate - value
    size = abs(value)
    (lower, upper) = kind.isMore ? (low, high) : (-high, -low)
  }

  var denominator: Int { own.denominator }

  /// People of the group for whom the interval vouches.
  var assured: Double { lower * Double(denominator) }

  /// `Of 1,000 rows whose label is “>50K”, 53 [6, 101] more are missed than in Male.`
  func sentence(against reference: String, positive: String) -> String {
    let number = "\(Self.of(1000, size)) [\(Self.of(1000, lower)), \(Self.of(1000, upper))]"
    return switch kind {
    case .missed:
      "Of 1,000 rows whose label is “\(positive)”, \(number) more are missed than in \(reference)."
    case .wronglySelected:
      "Of 1,000 rows whose label is not “\(positive)”, \(number) more are selected than in \(reference)."
    case .notSelected: "Of 1,000 rows, \(number) fewer are selected than in \(reference)."
    }
  }

  /// `0.618 against 0.671`, as missed where the harm is to be missed.
  func rates(against reference: String) -> String {
    let name =
      switch kind {
      case .missed: "True positive rate"
      case .wronglySelected: "False positive rate"
      case .notSelected: "Selection rate"
      }
    return "\(name) \(Wording.value(own.value ?? .nan)), \(reference) \(Wording.value(other))"
  }

  /// `In these data: about 31 [4, 60] of 590.`
  var people: String {
    let count = Double(denominator)
    return
      "In these data: about \(Self.of(count, size)) [\(Self.of(count, lower)), \(Self.of(count, upper))] of "
      + "\(Wording.count(denominator))."
  }

  private static func of(_ people: Double, _ share: Double) -> String {
    NumberText.count((people * share).rounded())
  }
}
