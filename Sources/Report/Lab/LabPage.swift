import Charts
import Fairness
import Metrics
import Results
import Templating

/// The decision lab: what other thresholds would do. All numbers come from the evaluation's lab and from its curves by
/// the engine's own arithmetic.
struct LabPage {
  /// Families whose charts the page holds; files have them all.
  static let drawnFamilies = 2

  let builder: PageBuilder
  let lab: DecisionLab
  let curves: ThresholdCurves
  /// Families of one attribute, in the evaluation's order.
  let families: [Int]

  /// Nil where there is nothing to try.
  init?(_ page: PageBuilder) {
    guard let lab = page.evaluation.lab, let curves = page.evaluation.curves else { return nil }
    let evaluation = page.evaluation
    let known = Set(lab.trades.map(\.family))
    builder = page
    self.lab = lab
    self.curves = curves
    families = evaluation.families.indices.filter {
      known.contains($0) && evaluation.families[$0].features.count == 1
    }
  }

  var evaluation: Evaluation { builder.evaluation }

  func model() -> TemplateValue {
    let shown = families.prefix(LabPage.drawnFamilies)
    let packed = packed
    return [
      "lead": .text(lead), "warnings": .list(warnings.map { .text($0) }),
      "families": .list(
        shown.enumerated().map { place, family in
          [
            "id": .text("lab-\(builder.slugs[family])"), "name": .text(builder.familyName(family)),
            "finding": .optional(finding(family)), "isOpen": .bool(place == 0),
            "table": priceTable(family).model(), "figures": .list(figures(family).map { $0.model() }),
          ]
        }),
      "others": .optional(othersSentence(tried: packed.map(\.family))),
      "crosses": crossTable().map { $0.model() } ?? .null,
      "tool": tool(packed), "paper": .text(paperWords(tried: packed.map(\.family))),
    ]
  }

  /// All figures, in the page's order; the page itself leaves some to the files.
  func figures() -> [Figure] { families.flatMap(figures) }

  // MARK: Looking up

  /// The gap that leads: one that a check bounds, else equal opportunity, else the first.
  func leading(_ family: Int) -> DecisionLab.Trade? {
    let trades = trades(family)
    return trades.first { limit(family, $0.gap) != nil } ?? trades.first { $0.gap == "equal_opportunity" }
      ?? trades.first
  }

  func trades(_ family: Int) -> [DecisionLab.Trade] { lab.trades.filter { $0.family == family } }

  /// The largest gap between the groups of a family that a check allows.
  func limit(_ family: Int, _ gap: String) -> Double? {
    let names = [gap] + LabPage.sameAs(gap)
    let bounds = (evaluation.judgement?.checks ?? []).compactMap { check -> Double? in
      guard names.contains(check.metric), check.kind == .difference, check.comparison == .betweenGroups,
        check.items.contains(where: { $0.sliceIndex.map { evaluation.slices.family[$0] } == family })
      else { return nil }
      return check.maximum
    }
    return bounds.min()
  }

  private static func sameAs(_ gap: String) -> [String] {
    switch gap {
    case "demographic_parity": ["selection_rate"]
    case "equal_opportunity": ["true_positive_rate"]
    default: []
    }
  }

  func gapName(_ trade: DecisionLab.Trade) -> String { builder.gapName(trade.gap) }

  /// Digits after the point that tell neighbouring thresholds apart.
  var thresholdDigits: Int {
    let span = (curves.thresholds.last ?? 1) - (curves.thresholds.first ?? 0)
    var digits = 4
    var reach = 1.0
    while digits < 12, span > 0, span < reach {
      digits += 1
      reach /= 10
    }
    return digits
  }

  /// `0.35`; for a cut that takes scores above it, not at it, `> 0.35`.
  func threshold(_ place: Int) -> String {
    if place == lab.operating, let cut = evaluation.roles.threshold {
      return (evaluation.roles.thresholdIsStrict ? "> " : "")
        + TemplateValue.number(cut).json(indented: false)
    }
    let scale = ColumnCode.power(thresholdDigits)
    let value = curves.thresholds[place]
    let rounded = (value * scale).rounded() / scale
    return TemplateValue.number(rounded.isFinite ? rounded : value).json(indented: false)
  }

  /// The groups of a family at every threshold.
  func groups(_ family: Int) -> [ThresholdGroup] {
    evaluation.families[family].slices.map { ThresholdGroup($0, curves, evaluation.slices) }
  }

  /// The slices of a family that no trade compares because they are withheld.
  func isWithheld(_ slice: Int) -> Bool {
    evaluation.estimates.contains { $0.status[slice] == .suppressed }
  }

  func reading(_ value: Double, _ lower: Double, _ upper: Double) -> Reading {
    func known(_ number: Double) -> Double? { number.isNaN ? nil : number }
    return Reading(known(value), known(lower), known(upper))
  }
}
