import Charts
import Results
import Templating

/// Who is affected: the surest differences to a group's disadvantage, as numbers of people. Of every kind of harm the groups
/// for whom the interval vouches for most people, one an attribute; the limits are the interval's own, in people.
struct HarmsPage {
  private let page: PageBuilder
  private let harms: [Harm]

  /// Harms that are told.
  static let most = 5
  private static let mostOfKind = 2

  /// Nil where no harm can be told.
  init?(_ page: PageBuilder) {
    guard page.hasOutcomes else { return nil }
    self.page = page
    let single = page.chapters.filter { page.evaluation.families[$0].features.count == 1 }
    let families = single.isEmpty ? page.chapters : single
    let all = Harm.Kind.allCases.flatMap { kind in
      families.compactMap { Self.worst(page, $0, kind) }.sorted { Self.precedes($0, $1) }.prefix(
        Self.mostOfKind)
    }
    harms = Array(all.sorted { Self.precedes($0, $1) }.prefix(Self.most))
    if harms.isEmpty { return nil }
  }

  func model() -> TemplateValue {
    [
      "level": .text(Wording.level(page.evaluation.level)),
      "isWeighted": .bool(page.evaluation.roles.weight != nil),
      "rows": .list(harms.map(row)),
    ]
  }

  private static func precedes(_ a: Harm, _ b: Harm) -> Bool {
    a.assured != b.assured ? a.assured > b.assured : a.gap.group ?? 0 < b.gap.group ?? 0
  }

  /// The group of a family for whom the harm surely touches most people.
  private static func worst(_ page: PageBuilder, _ family: Int, _ kind: Harm.Kind) -> Harm? {
    guard let comparison = page.forestComparison(family) else { return nil }
    return page.gaps(family, comparison, .difference).filter { $0.metric == kind.gap }
      .compactMap { Harm(kind, $0, page.evaluation) }.min { precedes($0, $1) }
  }

  private func row(_ harm: Harm) -> TemplateValue {
    let group = harm.gap.group ?? 0
    return [
      "group": .text(page.label(group)), "href": .text("#" + page.anchor(group)),
      "family": .text(page.familyName(harm.gap.family)),
      "chapter": .text("#" + page.chapterAnchor(harm.gap.family)),
      "text": .text(harm.sentence(against: against(harm.gap), positive: positive)),
      "rates": .text(harm.rates(against: against(harm.gap))),
      "people": page.evaluation.roles.weight == nil ? .text(harm.people) : .null,
      "isSmall": .bool(harm.denominator < Wording.smallCount),
      "raw": .number(harm.gap.estimate.value ?? .nan),
    ]
  }

  private var positive: String { VisibleText.of(page.evaluation.roles.positive) }

  private func against(_ gap: Gap) -> String {
    switch gap.comparison {
    case .toOverall: "all rows"
    case .toComplement: "everyone else"
    default: gap.reference.map(page.label) ?? "the reference"
    }
  }
}
