import Metrics
import Report
import Results

/// What an evaluation found, in a page of plain text: the overall values and, for each family of slices, its
/// gaps with the groups behind them. Everything is taken from the evaluation.
struct Summary {
  private let evaluation: Evaluation
  private let width: Int

  private static let headline = [
    "accuracy", "selection_rate", "true_positive_rate", "false_positive_rate", "precision", "roc_auc",
    "brier_score", "expected_calibration_error",
  ]
  /// Where no truth is known.
  private static let headlineWithoutLabel = ["predicted_positives", "selection_rate", "mean_score"]
  private static let gaps = [
    "demographic_parity", "equal_opportunity", "equalized_odds", "predictive_parity", "accuracy", "roc_auc",
  ]
  private static let shownFamilies = 8

  init(_ evaluation: Evaluation, width: Int) {
    self.evaluation = evaluation
    self.width = max(40, width)
  }

  func text(files: [String]) -> String {
    var lines = heading()
    lines += [""] + overall()
    let families = evaluation.families.indices.filter { !evaluation.families[$0].features.isEmpty }
    for family in families.prefix(Self.shownFamilies) { lines += [""] + self.family(family) }
    if families.count > Self.shownFamilies {
      lines += ["", "… and \(families.count - Self.shownFamilies) more, in the report and in gaps.csv"]
    }
    let measures = MeasureTerminal.lines(evaluation, width: width) {
      (Self.value($0), Self.interval($0))
    }
    if !measures.isEmpty { lines += [""] + measures }
    if let preset = PresetText(evaluation) {
      let told = [preset.statement] + preset.lines.map { printable($0) }
      lines += ["", preset.title] + told.map { "  " + $0 }
    }
    if evaluation.explanation != nil { lines += [""] + ExplanationText.lines(evaluation, width: width) }
    if !evaluation.notes.isEmpty { lines += ["", "Notes"] + evaluation.notes.map { "  " + printable($0) } }
    if !files.isEmpty { lines += ["", "Wrote"] + self.files(files).map { "  " + printable($0) } }
    return lines.map(TerminalText.inert).joined(separator: "\n") + "\n"
  }

  /// What an explanation found, without the rest.
  func explanation(files: [String]) -> String {
    var lines = [printable(evaluation.title), ""] + ExplanationText.lines(evaluation, width: width)
    if !files.isEmpty { lines += ["", "Wrote"] + self.files(files).map { "  " + printable($0) } }
    return lines.map(TerminalText.inert).joined(separator: "\n") + "\n"
  }

  // MARK: parts

  private func heading() -> [String] {
    let roles = evaluation.roles
    var facts = evaluation.task == .binary ? [] : [task]
    if evaluation.task == .binary {
      facts.append(roles.label == nil ? "no label" : "positive “\(roles.positive)”")
    }
    if let decision = roles.decision {
      facts.append("decision \(decision)" + (roles.label == nil ? " = “\(roles.positive)”" : ""))
    } else if let score = roles.score, let threshold = roles.threshold {
      facts.append("decision \(score) \(roles.thresholdIsStrict ? ">" : "≥") \(NumberText.text(threshold))")
    }
    if let weight = roles.weight { facts.append("weight \(weight)") }
    facts.append("\(NumberText.text((evaluation.level * 1e6).rounded() / 1e4)) % intervals")
    var rows = "\(Self.grouped(evaluation.slices.rows.first ?? 0)) rows"
    let names = evaluation.inputs.map { $0.name == "-" ? "standard input" : $0.name }
    if !names.isEmpty { rows += " of " + names.joined(separator: ", ") }
    if evaluation.rejections.count > 0 { rows += ", \(Self.grouped(evaluation.rejections.count)) left out" }
    return [evaluation.title, rows, facts.joined(separator: " · ")].filter { !$0.isEmpty }.map(printable)
  }

  private var task: String {
    let roles = evaluation.roles
    let subject = roles.label.map { " of \($0)" } ?? ""
    switch evaluation.task {
    case .binary: return ""
    case .multiclass: return "\(roles.classes?.count ?? 0) classes\(subject)"
    case .multilabel: return "\(roles.classes?.count ?? 0) labels"
    case .regression: return "regression\(subject)"
    case .ranking: return "ranking by \(roles.score ?? "") within \(roles.query ?? "")"
    }
  }

  /// What is told of all rows: in a task that is not binary the first metrics that are no count and of no single class.
  private var headline: [String] {
    if evaluation.task == .binary {
      let usual = evaluation.roles.label == nil ? Self.headlineWithoutLabel : Self.headline
      // A few metrics were chosen; and what no run has unasked is told as well.
      let others = evaluation.metrics.filter { $0.kind != .count && !usual.contains($0.id) }.map(\.id)
      let asked = others.count <= 8 ? others : others.filter { BinaryMetric(id: $0) == nil }
      return usual + asked.prefix(12)
    }
    let told = evaluation.metrics.filter { $0.kind != .count && $0.classLabel == nil }
    return told.prefix(8).map(\.id)
  }

  private func overall() -> [String] {
    var table = TextTable([.init("Overall", .text), .init("value", .number), .init("interval", .text)])
    for id in headline {
      guard let estimate = evaluation.estimate(id, slice: 0) else { continue }
      table.add([id, value(estimate, of: id), Self.interval(estimate)])
    }
    return table.lines(width: width, indent: 0)
  }

  private func family(_ index: Int) -> [String] {
    let family = evaluation.families[index]
    let occupied = family.slices.filter {
      evaluation.slices.rows[$0] > 0 || evaluation.withholds(.rows, $0)
    }
    let count = occupied.count == 1 ? "1 group" : "\(occupied.count) groups"
    let smallest = occupied.filter { !evaluation.withholds(.rows, $0) }.map { evaluation.slices.rows[$0] }
      .min()
    let size =
      occupied.contains { evaluation.withholds(.rows, $0) }
      ? "some too small to show" : "the smallest of \(Self.grouped(smallest ?? 0)) rows"
    let title = "\(family.name): \(count), \(size)"
    var table = TextTable([
      .init("gap", .text), .init("difference", .number), .init("interval", .text),
      .init("ratio", .number, rank: 2), .init("worse group", .name), .init("value", .number),
      .init("other group", .name, rank: 1), .init("value", .number, rank: 1),
    ])
    let found = shownGaps(index)
    for gap in found {
      let ratio = evaluation.gaps.first {
        $0.family == index && $0.metric == gap.metric && $0.component == gap.component && $0.kind == .ratio
          && $0.comparison == gap.comparison && $0.group == gap.group && $0.reference == gap.reference
      }
      let (worse, other) = groups(of: gap)
      table.add([
        gap.metric, value(gap.estimate, of: gap.component), Self.interval(gap.estimate),
        ratio.map { Self.value($0.estimate) } ?? "", worse.label, worse.value, other.label, other.value,
      ])
    }
    return [printable(title)] + (found.isEmpty ? [] : table.lines(width: width, indent: 2))
  }

  private func files(_ files: [String]) -> [String] {
    let charts = files.filter { $0.contains("/charts/") }
    guard charts.count > 3, let first = charts.first, let slash = first.lastIndex(of: "/") else {
      return files
    }
    return files.filter { !$0.contains("/charts/") } + ["\(first[..<slash])/ (\(charts.count) files)"]
  }

  // MARK: picking

  /// The difference of each headline gap between groups; of the largest one where nothing was compared between
  /// groups. All gaps where none is a headline, or no label is known.
  private func shownGaps(_ family: Int) -> [Gap] {
    let all = evaluation.gaps.filter { $0.family == family && $0.kind == .difference }
    let between = all.filter { $0.comparison == .betweenGroups }
    let pool = between.isEmpty ? all : between
    let isLabelled = evaluation.roles.label != nil && evaluation.task == .binary
    var ids = isLabelled ? Self.gaps.filter { id in pool.contains { $0.metric == id } } : []
    if ids.isEmpty {
      for gap in pool where !ids.contains(gap.metric) { ids.append(gap.metric) }
    }
    return ids.prefix(8).compactMap { id in
      pool.filter { $0.metric == id }.max { size($0) < size($1) }
    }
  }

  private func size(_ gap: Gap) -> Double { gap.estimate.value.map(abs) ?? -1 }

  /// The group that fares worse in what was compared, and the other; for a neutral metric the lower first.
  private func groups(of gap: Gap) -> (worse: Side, other: Side) {
    let first = side(gap.group, gap.component)
    var second = side(gap.reference, gap.component)
    if gap.reference == nil, gap.group != nil { second = ("all others", "") }
    let entry = evaluation.metrics.first { $0.id == gap.component }
    let firstIsHigher = (gap.estimate.value ?? 0) >= 0
    let higherIsWorse = entry?.direction == .lowerIsBetter
    return firstIsHigher == higherIsWorse ? (first, second) : (second, first)
  }

  private typealias Side = (label: String, value: String)

  private func side(_ slice: Int?, _ metric: String) -> Side {
    guard let slice else { return ("", "") }
    return (
      evaluation.slices.label[slice],
      evaluation.estimate(metric, slice: slice).map { value($0, of: metric) } ?? ""
    )
  }

  // MARK: numbers

  /// A count, or a difference of counts, without decimals where it is whole.
  private func value(_ estimate: Estimate, of metric: String) -> String {
    guard let value = estimate.value, value == value.rounded(), abs(value) < 1e15,
      evaluation.metrics.first(where: { $0.id == metric })?.kind == .count
    else { return Self.value(estimate) }
    return (value < 0 ? "-" : "") + Self.grouped(Int(abs(value)))
  }

  private static func value(_ estimate: Estimate) -> String {
    guard let value = estimate.value else {
      return estimate.status == .suppressed ? "withheld" : estimate.status.rawValue
    }
    return fixed(value)
  }

  private static func interval(_ estimate: Estimate) -> String {
    guard let lower = estimate.lower, let upper = estimate.upper else { return estimate.reason ?? "" }
    return "[\(fixed(lower)), \(fixed(upper))]"
  }

  /// Three decimals.
  static func fixed(_ x: Double) -> String {
    guard x.isFinite, abs(x) < 1e12 else { return x.isNaN ? "" : x > 0 ? "∞" : "−∞" }
    let thousandths = Int((abs(x) * 1000).rounded())
    let decimals = String(thousandths % 1000 + 1000).dropFirst()
    return (x < 0 && thousandths > 0 ? "-" : "") + "\(thousandths / 1000).\(decimals)"
  }

  /// Digits in groups of three.
  static func grouped(_ count: Int) -> String {
    let digits = Array(String(count))
    return digits.enumerated().reduce(into: "") { text, digit in
      if digit.offset > 0, (digits.count - digit.offset) % 3 == 0 { text.append(",") }
      text.append(digit.element)
    }
  }
}
