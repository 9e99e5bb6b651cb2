import Metrics
import Results

/// Which groups of a check can be judged, which the policy leaves out, and which make it inconclusive.
struct Screening: Sendable {
  /// Slices that take part.
  var usable: [Int] = []
  /// Left out of the verdict, and listed.
  var excluded: [(slice: Int, exclusion: Gap.Exclusion)] = []
  /// Too small or undefined: slice and reason. They keep the check from passing.
  var unjudged: [(slice: Int, reason: String)] = []

  init(_ check: Check, _ slices: [Int], _ numbers: Numbers, _ finder: SelectionFinder) {
    let evaluation = numbers.evaluation
    for slice in slices {
      let name = evaluation.slices.predicate[slice]
      if check.excluded.contains(where: { finder.isCalled(slice, $0) }) {
        excluded.append((slice, Gap.Exclusion(group: name, reason: "left out by the policy")))
      } else if let reason = Self.withheld(slice, check, evaluation) {
        unjudged.append((slice, reason))
      } else if let reason = Self.tooSmall(slice, check.minimum, evaluation) {
        if check.minimum.excludesSmaller {
          excluded.append((slice, Gap.Exclusion(group: name, reason: reason)))
        } else {
          unjudged.append((slice, reason))
        }
      } else if let missing = check.subject.components.first(where: {
        numbers.estimate($0, slice).value == nil
      }) {
        unjudged.append((slice, numbers.estimate(missing, slice).reason ?? "undefined"))
      } else {
        usable.append(slice)
      }
    }
  }

  /// Why a slice cannot be judged from what an evaluation shows that keeps small counts to itself; nil where it can.
  private static func withheld(_ slice: Int, _ check: Check, _ evaluation: Evaluation) -> String? {
    guard let suppression = evaluation.suppression else { return nil }
    let isWithheld =
      suppression.hides(.rows, slice) || check.minimum.positives > 0 && suppression.hides(.labels, slice)
      || check.subject.components.contains { evaluation.withholds(metric: $0.id, slice) }
    return isWithheld ? "withheld: \(suppression.reason)" : nil
  }

  /// Why a slice is below the minimum; nil where it is not.
  private static func tooSmall(_ slice: Int, _ minimum: Minimum, _ evaluation: Evaluation) -> String? {
    let slices = evaluation.slices
    let rows = slices.rows[slice]
    if rows == 0 { return "no rows" }
    if rows < minimum.rows { return "\(rows) rows, below the minimum of \(minimum.rows)" }
    let positives = minimum.positives > 0 ? slices.truePositives[slice] + slices.falseNegatives[slice] : 0
    if positives < minimum.positives {
      return "\(positives) positives, below the minimum of \(minimum.positives)"
    }
    guard minimum.share > 0 else { return nil }
    let share = Double(rows) / Double(max(1, slices.rows[0]))
    guard share < minimum.share else { return nil }
    func percent(_ x: Double) -> String { NumberText.text((x * 10_000).rounded() / 100) + " %" }
    return "\(percent(share)) of the rows, below the minimum of \(percent(minimum.share))"
  }
}
