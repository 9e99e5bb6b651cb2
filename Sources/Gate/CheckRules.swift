import Fairness
import Metrics
import Results

/// What no single key of a check can be wrong about.
struct CheckRules {
  let reader: CheckReader
  let check: Check

  /// - Throws: a `data` failure with the place of the check and what to do.
  func hold() throws(Failure) {
    try boundsMakeSense()
    switch check.subject {
    case .metric: try metricRules()
    case .gap(let gap): try gapRules(gap)
    case .measure: try measureRules()
    }
    if check.scope == .count, check.allowedGroups == nil {
      throw reader.failure("groups", "a count of groups needs max_groups: how many may break the bound")
    }
    if check.scope != .each, check.evidence == .significance {
      throw reader.failure(
        "evidence", "“significance” is about each group; it does not go with worst, best or count")
    }
  }

  private func boundsMakeSense() throws(Failure) {
    let bounds = check.bounds
    guard bounds.minimum != nil || bounds.maximum != nil else {
      throw reader.failure(
        nil, "the check has no bound",
        advice: "Say min, max or both, or change: { max: … } against a baseline.")
    }
    if let low = bounds.minimum, let high = bounds.maximum, low > high {
      throw reader.failure("min", "min \(NumberText.text(low)) lies above max \(NumberText.text(high))")
    }
    if check.kind == .ratio, (bounds.minimum ?? 1) <= 0 || (bounds.maximum ?? 1) <= 0 {
      throw reader.failure(bounds.minimum == nil ? "max" : "min", "a ratio needs a bound above 0")
    }
  }

  /// A measure is a comparison already: there is nothing to choose about it.
  private func measureRules() throws(Failure) {
    for key in ["kind", "comparison", "reference", "signed"] where reader.settings[key] != nil {
      throw reader.failure(
        key, "“\(key)” belongs to a gap; a measure has its own",
        advice: "Bound the measure as it is: min, max or tau.")
    }
    guard !check.isChange else {
      throw reader.failure(
        "change", "the measures of two runs are not compared", advice: "Bound a gap's change instead.")
    }
    guard check.evidence != .significance else {
      throw reader.failure("evidence", "“significance” compares groups and needs a gap")
    }
  }

  private func metricRules() throws(Failure) {
    for key in ["stratum", "variant"] where reader.settings[key] != nil {
      throw reader.failure(key, "“\(key)” belongs to a measure, and this check is about a metric's value")
    }
    for key in ["kind", "comparison", "reference", "signed"] where reader.settings[key] != nil {
      throw reader.failure(
        key, "“\(key)” belongs to a gap, and this check is about a metric's value",
        advice: "Say gap: \"\(check.subject.id)\" to compare groups.")
    }
    guard check.evidence != .significance else {
      throw reader.failure("evidence", "“significance” compares groups and needs a gap")
    }
  }

  private func gapRules(_ gap: GapDefinition) throws(Failure) {
    for key in ["stratum", "variant"] where reader.settings[key] != nil {
      throw reader.failure(key, "“\(key)” belongs to a measure, and this check is about a gap")
    }
    if check.base == .ratio, let metric = gap.components.first(where: { !$0.allowsRatios }) {
      throw reader.failure("kind", "\(metric.id) can be negative: its ratio means nothing")
    }
    if check.selectors.contains(where: { $0.form == .overall }) {
      throw reader.failure(
        "slices", "“overall” has no groups to compare", advice: "Name a feature or a cross, as \"sex*race\".")
    }
    let compared = check.comparison ?? .betweenGroups
    if compared == .betweenGroups, check.scope != .each {
      throw reader.failure("groups", "a gap between groups is one number; “groups” goes with a reference")
    }
    if compared != .toReference, check.reference != nil {
      throw reader.failure("reference", "the comparison \(compared.rawValue) has no named reference")
    }
    if check.evidence == .significance, !gap.components.allSatisfy({ $0.rate != nil }) || check.isChange {
      throw reader.failure("evidence", "“significance” tests rates, and \(gap.id) is none")
    }
    if !check.isChange { try boundsFit(gap, compared) }
  }

  /// The side of a bound must be one on which a group can fall.
  private func boundsFit(_ gap: GapDefinition, _ compared: Gap.Comparison) throws(Failure) {
    let bounds = check.bounds
    if check.kind == .difference, !check.isSigned, bounds.minimum != nil {
      throw reader.failure(
        "min", "a difference is judged by its size, and a size has no useful min",
        advice: "Say max alone, or signed: true to bound group − reference.")
    }
    if compared == .betweenGroups {
      if check.isSigned {
        throw reader.failure("signed", "a gap between groups is largest − smallest; it has no sign")
      }
      if check.kind == .ratio, bounds.minimum == nil {
        throw reader.failure("max", "a ratio between groups is smallest / largest: it needs min")
      }
    }
    guard compared == .toBest else { return }
    guard check.kind == .ratio || check.isSigned else { return }
    for metric in gap.components {
      let isLowBest = metric.direction == .lowerIsBetter
      guard (isLowBest ? bounds.maximum : bounds.minimum) == nil else { continue }
      throw reader.failure(
        isLowBest ? "min" : "max",
        "the best \(metric.id) is the \(isLowBest ? "lowest: groups lie above it, so the check needs max" : "highest: groups lie below it, so the check needs min")",
        advice: gap.components.count > 1 ? "Say both, or tau." : nil)
    }
  }
}
