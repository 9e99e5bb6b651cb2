import Charts
import Results
import Templating

extension WhyPage {
  private static let pairs = 20
  private static let changes = 40

  /// How far pairs of features act together, the strongest first.
  func interactionTable() -> TemplateValue {
    let known = explanation.interactions.enumerated().sorted {
      let (a, b) = ($0.element.hSquared, $1.element.hSquared)
      if a.isNaN != b.isNaN { return b.isNaN }
      return a != b && !a.isNaN ? a > b : $0.offset < $1.offset
    }.map(\.element)
    guard let first = known.first else { return .null }
    let lead =
      first.hSquared.isNaN
      ? nil
      : "\(name(first.first)) and \(name(first.second)) act together most: \(WhyWords.percent(first.hSquared)) of the "
        + "variance of their joint effect is in neither alone."
    return [
      "lead": .optional(lead),
      "rows": .list(
        known.prefix(WhyPage.pairs).map { pair in
          [
            "first": .text(name(pair.first)), "second": .text(name(pair.second)),
            "share": .text(pair.hSquared.isNaN ? "—" : Wording.value(pair.hSquared)),
            "strength": .text(Wording.value(pair.strength)), "rows": .text(Wording.count(pair.rows)),
          ]
        }),
    ]
  }

  /// Who changes sides when one attribute is changed and all else kept.
  func flipTable() -> TemplateValue {
    let flips = explanation.flips
    guard !flips.isEmpty else { return .null }
    let most = flips.max { ($0.share.isNaN ? -1 : $0.share) < ($1.share.isNaN ? -1 : $1.share) }
    return [
      "lead": .optional(most.flatMap(flipSentence)),
      "left": .optional(
        flips.count > WhyPage.changes
          ? Wording.plural(flips.count - WhyPage.changes, "more change is", "more changes are")
            + " in evaluation.json." : nil),
      "rows": .list(
        flips.prefix(WhyPage.changes).map { flip in
          [
            "feature": .text(name(flip.feature)), "from": .text(GatePage.name(flip.from)),
            "to": .text(GatePage.name(flip.to)), "rows": .text(Wording.count(flip.rows)),
            "toPositive": .text(Wording.count(flip.toPositive)),
            "toNegative": .text(Wording.count(flip.toNegative)),
            "share": .text(flip.share.isNaN ? "—" : WhyWords.percent(flip.share)),
            "interval": .optional(
              flip.lower.isNaN || flip.upper.isNaN
                ? nil : "[\(WhyWords.percent(flip.lower)), \(WhyWords.percent(flip.upper))]"),
            "change": .text(Wording.value(flip.meanChange, signed: true)),
          ]
        }),
    ]
  }

  /// `Changing only sex from Female to Male changes 3.1 % of 5,421 decisions (2.7 % to 3.6 %): …`.
  func flipSentence(_ flip: FlipCounts) -> String? {
    guard !flip.share.isNaN, flip.rows > 0 else { return nil }
    let change =
      "Changing only \(name(flip.feature)) from \(GatePage.name(flip.from)) to \(GatePage.name(flip.to))"
    guard flip.toPositive + flip.toNegative > 0 else {
      return "\(change) changes none of \(Wording.plural(flip.rows, "decision", "decisions"))."
    }
    let limits =
      flip.lower.isNaN || flip.upper.isNaN
      ? "" : " (\(WhyWords.percent(flip.lower)) to \(WhyWords.percent(flip.upper)))"
    return
      "\(change) changes \(WhyWords.percent(flip.share)) of \(Wording.plural(flip.rows, "decision", "decisions"))"
      + "\(limits): \(Wording.count(flip.toPositive)) to positive, \(Wording.count(flip.toNegative)) to negative; "
      + "the score moves by \(Wording.value(flip.meanChange, signed: true)) on average."
  }
}
