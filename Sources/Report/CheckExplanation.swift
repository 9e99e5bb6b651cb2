import Glibc
import Results

/// The arithmetic of one check, step by step: from the counts of the groups to the verdict.
package struct CheckExplanation {
  private let check: CheckResult
  private let judgement: Judgement
  private let evaluation: Evaluation

  package init(_ check: CheckResult, _ judgement: Judgement, _ evaluation: Evaluation) {
    self.check = check
    self.judgement = judgement
    self.evaluation = evaluation
  }

  /// Groups that are told in full; of the others there is a count.
  static let told = 20

  package var text: String {
    var lines = heading
    let items = check.worstFirst
    for (index, item) in items.prefix(Self.told).enumerated() {
      lines += ["", "\(index + 1). \(name(item))"] + steps(item)
    }
    if items.count > Self.told {
      lines += [
        "",
        "… and \(Wording.plural(items.count - Self.told, "more group", "more groups")); verdict.json has all.",
      ]
    }
    if !check.excluded.isEmpty {
      lines += ["", "Left out by the policy:"] + check.excluded.map { "   \($0.group): \($0.reason)" }
    }
    lines += ["", "Verdict"] + verdict.map { "   \($0)" }
    return lines.map(TerminalText.printable).joined(separator: "\n") + "\n"
  }

  // MARK: The check

  private var heading: [String] {
    var lines = [
      "check “\(check.id)” (\(check.severity.rawValue)), \(judgement.policy.name)\(check.line.map { ":\($0)" } ?? "")"
    ]
    lines.append("   \(check.metricName): \(kind), \(slices)")
    lines.append("   bound: \(bound)")
    switch check.evidence {
    case .point: lines.append("   judged by the value alone")
    case .significance:
      lines.append("   judged by the value and a test of “no gap” of size α = \(number(check.alpha))")
    case .interval:
      lines.append(
        "   judged by one-sided tests of size α = \(number(check.alpha)) (confidence level \(number(1 - check.alpha)))"
      )
    }
    if let reason = check.reason { lines.append("   \(reason)") }
    return lines
  }

  private var kind: String {
    let against = check.comparison.map { " \($0.rawValue)" } ?? ""
    return switch check.kind {
    case .value: "the value of each group"
    case .difference: "\(check.isSigned ? "signed difference" : "size of the difference")\(against)"
    case .ratio: "ratio\(against)"
    case .change: "how much worse than the baseline\(check.comparison == nil ? "" : ": the gap\(against)")"
    case .relativeChange: "how much worse than the baseline, as a share of it"
    }
  }

  private var slices: String { "slices " + check.slices.map { "“\($0)”" }.joined(separator: ", ") }

  private var bound: String {
    let text =
      switch (check.minimum, check.maximum) {
      case (let low?, let high?): "from \(number(low)) to \(number(high)), inclusive"
      case (let low?, nil): "at least \(number(low)), inclusive"
      case (nil, let high?): "at most \(number(high)), inclusive"
      case (nil, nil): "none"
      }
    guard check.scope == .count, let allowed = check.allowedGroups else { return text }
    return text + "; at most \(Wording.plural(allowed, "group", "groups")) may break it"
  }

  // MARK: One group

  private func name(_ item: CheckItem) -> String {
    item.slice + (item.reference.map { " against \($0)" } ?? "") + ": " + item.verdict.rawValue.uppercased()
  }

  private func steps(_ item: CheckItem) -> [String] {
    var lines = [item.sliceIndex.flatMap { counts($0, item.component) }]
    if item.referenceIndex != item.sliceIndex {
      lines.append(item.referenceIndex.flatMap { counts($0, item.component) })
    }
    lines.append(value(item))
    if let flips = item.flips {
      lines.append(
        "decisions: \(flips.better) right now and wrong with the baseline, \(flips.worse) the other way round"
      )
    }
    lines += tests(item)
    lines.append(
      item.limit.map { limit in
        "limit behind the verdict: \(number(limit)), one-sided at α = \(number(item.limitAlpha ?? check.alpha))"
      })
    lines.append(item.reason.map { "not decided: \($0)" })
    if item.verdict == .inconclusive {
      lines.append(
        item.needed.map {
          "needed: about \($0) rows in the denominator of \(item.neededIn ?? item.slice), if the value stays"
        })
      lines.append(
        item.detectable.map { "a true value of \(number($0)) would be found in 80 % of runs of this size" })
    }
    lines.append(waiver(item))
    return lines.compactMap { $0 }.map { "   " + $0 }
  }

  /// `true_positive_rate of sex=Female = TP / (TP + FN) = 30 / (30 + 12) = 0.714286`
  private func counts(_ slice: Int, _ metric: String) -> String? {
    guard slice < evaluation.slices.count else { return nil }
    let slices = evaluation.slices
    let name = "\(metric) of \(slices.predicate[slice])"
    guard let column = evaluation.metrics.firstIndex(where: { $0.id == metric }) else { return nil }
    let entry = evaluation.metrics[column]
    let value = evaluation.estimates[column][slice].value
    if evaluation.withholds(metric: metric, slice) { return "\(name) is withheld" }
    guard evaluation.task == .binary, entry.kind == .rate, !evaluation.withholds(.outcomes, slice) else {
      return value.map { "\(name) = \(number($0))" }
    }
    let isWeighted = !slices.cellWeights.isEmpty
    let cells =
      isWeighted
      ? Array(slices.cellWeights[4 * slice..<4 * slice + 4])
      : [
        slices.truePositives[slice], slices.falsePositives[slice], slices.falseNegatives[slice],
        slices.trueNegatives[slice],
      ].map(Double.init)
    var formula = entry.formula
    for (symbol, cell) in zip(["TP", "FP", "FN", "TN"], cells) {
      formula = formula.replacing(symbol, with: number(cell))
    }
    if formula.hasSuffix("/ n") { formula = formula.dropLast() + number(cells.reduce(0, +)) }
    return
      "\(name) = \(entry.formula) = \(formula) = \(value.map(number) ?? "undefined")\(isWeighted ? " (weighted)" : "")"
  }

  private func value(_ item: CheckItem) -> String? {
    guard let value = item.value else { return "the number is undefined" }
    var text = "\(check.kind == .value ? "value" : check.kind.rawValue) = \(number(value))"
    if let group = item.groupValue, let reference = item.referenceValue {
      switch check.kind {
      case .difference:
        text =
          "difference = \(number(group)) − \(number(reference)) = \(number(group - reference))"
          + (check.isSigned || group >= reference ? "" : ", size \(number(value))")
      case .ratio:
        text = "ratio = \(number(group)) / \(number(reference)) = \(number(value))"
      case .change, .relativeChange:
        text += " (now \(number(group)), baseline \(number(reference)); positive is worse)"
      case .value: break
      }
    }
    if let lower = item.lower, let upper = item.upper {
      text +=
        ", two-sided \(number(100 * (1 - check.alpha))) % interval [\(number(lower)), \(number(upper))], not adjusted"
    }
    return text
  }

  private func tests(_ item: CheckItem) -> [String?] {
    guard check.evidence != .point, let beyond = item.pBeyond else { return [] }
    func compared(_ p: Double) -> String {
      "\(number(p)) \(p <= check.alpha ? "≤" : ">") \(number(check.alpha))"
    }
    var lines: [String?] = ["test: \(item.test ?? "")"]
    let among =
      item.chosenAmong.map { ", × \($0) included for having been picked from as many comparisons" } ?? ""
    let what = check.evidence == .significance ? "no gap" : "within the bound"
    lines.append("p of “\(what)” = \(number(beyond))\(among)")
    if let adjusted = item.pBeyondAdjusted {
      lines.append(
        "adjusted (\(adjustment)): \(compared(adjusted)) → beyond is \(adjusted <= check.alpha ? "" : "not ")shown"
      )
    }
    if let within = item.pWithin {
      lines.append(
        "p of “beyond the limit” = \(compared(within)) → within is \(within <= check.alpha ? "" : "not ")shown"
      )
    }
    return lines
  }

  /// How many were looked at, and which share of α each group of this check has.
  private var adjustment: String {
    func tested(_ check: CheckResult) -> Int { check.items.count { $0.pBeyondAdjusted != nil } }
    let checks = judgement.checks.filter { $0.severity == check.severity && tested($0) > 0 }
    let groups = Wording.plural(checks.reduce(0) { $0 + tested($1) }, "group", "groups")
    let among =
      "\(groups) of \(Wording.plural(checks.count, "check", "checks")) of severity \(check.severity.rawValue)"
    switch judgement.correction {
    case .maxT: return "max-T over \(among)"
    case .holm:
      return "weighted Holm over \(among), of α to each group here 1/\(checks.count * tested(check))"
    }
  }

  private func waiver(_ item: CheckItem) -> String? {
    guard let index = item.waiver, judgement.waivers.indices.contains(index) else { return nil }
    let record = judgement.waivers[index]
    return
      "waived by \(record.owner) up to \(number(record.accepted)) until \(record.expires): \(record.reason)"
  }

  // MARK: The whole

  private var verdict: [String] {
    func count(_ verdict: Verdict) -> Int { check.items.count { $0.verdict == verdict } }
    var lines = [
      "groups: \(count(.fail)) fail, \(count(.inconclusive)) inconclusive, \(count(.waived)) waived, \(count(.pass)) pass → \(check.verdict.rawValue.uppercased())"
    ]
    if check.isRatchet { lines.append("a ratchet: what is not shown to be worse than the baseline passes") }
    if check.countsAs != check.verdict { lines.append("counts as \(check.countsAs.rawValue)") }
    if check.severity == .warning { lines.append("a warning: it does not fail the gate") }
    return lines
  }

  /// Six significant digits.
  private func number(_ x: Double) -> String {
    guard x.isFinite, x != 0, x != x.rounded() else { return NumberText.text(x) }
    let exponent = log10(abs(x)).rounded(.down)
    let mantissa = (x / pow(10, exponent) * 1e5).rounded()
    if exponent < -4 { return "\(NumberText.text(mantissa / 1e5))e\(Int(exponent))" }
    let scale = pow(10, abs(exponent - 5))
    return NumberText.text(exponent <= 5 ? mantissa / scale : mantissa * scale)
  }
}
