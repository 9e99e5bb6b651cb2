import Metrics
import Results

/// Makes the columns: what the page can work out from counts travels as a formula with its exceptions, the rest packed.
struct SliceColumnMaker {
  /// Numbers of gaps that are sent along; others stand in gaps.csv.
  static let gapBudget = 60_000
  /// The gaps that lead, by the metric they compare.
  private static let chief = [
    ("selection_rate", "demographic_parity"), ("true_positive_rate", "equal_opportunity"),
    ("false_positive_rate", "false_positive_rate"), ("precision", "predictive_parity"),
    ("accuracy", "accuracy"), ("roc_auc", "roc_auc"),
  ]
  private static let comparisons: [(Gap.Comparison, SliceArithmetic.Against)] = [
    (.toOverall, .overall), (.toReference, .reference), (.toComplement, .complement),
  ]

  let evaluation: Evaluation
  /// Slices of which no counts may be sent.
  let isWithheld: [Bool]
  let arithmetic: SliceArithmetic
  private var hasOutcomes: Bool { evaluation.task == .binary }
  private(set) var reasons: SliceReasons
  private(set) var columns: [SliceColumn] = []

  init(_ evaluation: Evaluation) {
    self.evaluation = evaluation
    isWithheld = (0..<evaluation.slices.count).map { slice in
      evaluation.estimates.contains { $0.status[slice] == .suppressed }
    }
    arithmetic = SliceArithmetic(evaluation, isWithheld: isWithheld)
    reasons = SliceReasons(evaluation.suppression)
    for (entry, estimates) in zip(evaluation.metrics, evaluation.estimates) {
      columns.append(metric(entry, estimates))
    }
    addGaps()
  }

  // MARK: Metrics

  private mutating func metric(_ entry: MetricEntry, _ estimates: EstimateColumns) -> SliceColumn {
    let decimals = decimals(entry, estimates)
    var numbers = SliceColumn.Numbers(count: evaluation.slices.count)
    for slice in estimates.status.indices {
      let isShown = estimates.status[slice] != .suppressed
      let value = isShown ? estimates.value[slice] : .nan
      if value.isFinite { numbers.value[slice] = ColumnCode.units(value, decimals: decimals) }
      let (lower, upper) = (estimates.lower[slice], estimates.upper[slice])
      if isShown, lower.isFinite, upper.isFinite {
        numbers.lower[slice] = ColumnCode.units(lower, decimals: decimals)
        numbers.upper[slice] = ColumnCode.units(upper, decimals: decimals)
      }
      if numbers.value[slice] == nil || (numbers.lower[slice] == nil && entry.interval != nil) {
        numbers.reason[slice] = reasons.index(estimates[slice])
      }
    }
    var column = SliceColumn(
      id: entry.id, key: entry.symbol.lowercased(), name: entry.name, symbol: entry.symbol,
      of: entry.denominator, isCount: entry.kind == .count, direction: entry.direction, decimals: decimals,
      numbers: numbers)
    column.source = source(column)
    return column
  }

  /// In a task whose numbers are no shares, as many digits as tell the largest apart.
  private func decimals(_ entry: MetricEntry, _ estimates: EstimateColumns) -> Int {
    let usual = ColumnCode.decimals(estimates.value, isCount: entry.kind == .count)
    guard !hasOutcomes, usual == 3, entry.kind == .mean || entry.kind == .loss else { return usual }
    let largest = estimates.value.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
    switch largest {
    case 0: return 3
    case ..<0.01: return 5
    case ..<0.1: return 4
    case 1000...: return 1
    case 100...: return 2
    default: return 3
    }
  }

  private mutating func source(_ column: SliceColumn) -> SliceColumn.Source {
    guard hasOutcomes else { return .packed }
    guard let metric = BinaryMetric(id: column.id) else { return .packed }
    if let rate = metric.rate, column.decimals == 3 {
      let share = SliceArithmetic.Share(rate)
      let empty = reasons.index("no " + column.of)
      return exceptions(column) { [arithmetic, isWithheld] slice in
        let rows = arithmetic.sum(arithmetic.rows, 15, slice)
        let reason =
          isWithheld[slice] ? SliceReasons.withheld : rows > 0 ? empty : SliceReasons.noRows
        return (arithmetic.rate(share, slice), reason)
      }.map { .share(share, empty: empty, $0) } ?? .packed
    }
    let counted = metric.countedOutcomes ?? (metric == .count || metric == .weight ? Outcome.allCases : [])
    let mask = counted.reduce(0) { $0 | 1 << $1.rawValue }
    let agrees = column.numbers.value.indices.allSatisfy { slice in
      let sum = arithmetic.sum(arithmetic.rows, mask, slice)
      return column.numbers.value[slice] == (sum.isNaN ? nil : Int(sum))
    }
    return mask > 0 && column.decimals == 0 && agrees ? .sum(mask) : .packed
  }

  /// The rows that the script would print otherwise; nil where they are too many for it to pay.
  private func exceptions(
    _ column: SliceColumn, onlyWhere isStored: [Bool]? = nil,
    _ derived: (Int) -> (numbers: SliceArithmetic.Limits, reason: Int)
  ) -> [SliceColumn.Exception]? {
    let numbers = column.numbers
    var found: [SliceColumn.Exception] = []
    for slice in numbers.value.indices where isStored?[slice] ?? true {
      let (own, reason) = derived(slice)
      func units(_ value: Double) -> Int? {
        value.isFinite ? ColumnCode.units(value, decimals: 3) : nil
      }
      let (lower, upper) = (units(own.lower), units(own.upper))
      let isMissing = numbers.value[slice] == nil
      if units(own.value) != numbers.value[slice] || lower != numbers.lower[slice]
        || upper != numbers.upper[slice] || (isMissing && isStored == nil && reason != numbers.reason[slice])
      {
        found.append(
          .init(
            row: slice, value: numbers.value[slice], lower: numbers.lower[slice],
            upper: numbers.upper[slice], reason: numbers.reason[slice]))
      }
    }
    return found.count <= numbers.value.count / 20 + 2 ? found : nil
  }

  // MARK: Gaps

  private mutating func addGaps() {
    let metrics = evaluation.metrics.count
    let others = evaluation.gaps.reduce(into: Set<String>()) { $0.insert($1.metric) }.filter { id in
      GapNames.restated[id] == nil && !Self.chief.contains { $0.1 == id }
    }.sorted()
    let wanted = hasOutcomes ? Self.chief + others.map { ($0, $0) } : taskGaps()
    var budget = Self.gapBudget
    for (comparison, against) in Self.comparisons {
      let stored = stored(comparison, wanted.map(\.1))
      let isOffered =
        switch against {
        case .overall: evaluation.slices.count > 1
        case .reference: evaluation.families.contains { $0.reference != nil }
        case .complement: !stored.isEmpty
        }
      guard isOffered else { continue }
      for (base, gap) in wanted {
        guard let place = columns[..<metrics].firstIndex(where: { $0.id == base }), !columns[place].isCount,
          let column = gapColumn(place, against, stored[gap], &budget)
        else { continue }
        columns.append(column)
      }
    }
  }

  /// The gaps that always compare the same metric, with that metric; those of the page's first screen first.
  private func taskGaps() -> [(String, String)] {
    var components: [String: Set<String>] = [:]
    var order: [String] = []
    for gap in evaluation.gaps where gap.kind == .difference && gap.comparison != .betweenGroups {
      if components[gap.metric] == nil { order.append(gap.metric) }
      components[gap.metric, default: []].insert(gap.component)
    }
    let chief = TaskProfile(evaluation)?.chief ?? []
    return GapNames.ordered(order, chief: chief).compactMap { id in
      components[id].flatMap { $0.count == 1 ? $0.first.map { ($0, id) } : nil }
    }
  }

  /// Stored differences by gap, then by slice.
  private func stored(_ comparison: Gap.Comparison, _ ids: [String]) -> [String: [Int: Estimate]] {
    var found: [String: [Int: Estimate]] = [:]
    for gap in evaluation.gaps where gap.kind == .difference && gap.comparison == comparison {
      if let group = gap.group, ids.contains(gap.metric) {
        found[gap.metric, default: [:]][group] = gap.estimate
      }
    }
    return found
  }

  private static let words: [(key: String, symbol: String, name: String)] = [
    ("gap", "Δ", "gap to all rows"), ("ref", "Δr", "gap to the reference"),
    ("rest", "Δc", "gap to the rows outside"),
  ]

  /// Nil where the gap is not stored and cannot be worked out, or would take too much room.
  private mutating func gapColumn(
    _ base: Int, _ against: SliceArithmetic.Against, _ stored: [Int: Estimate]?, _ budget: inout Int
  ) -> SliceColumn? {
    let metric = columns[base]
    let words = Self.words[against.rawValue]
    let count = evaluation.slices.count
    var column = SliceColumn(
      id: "\(words.key)_\(metric.id)", key: "\(words.key)_\(metric.key)",
      name: "\(metric.name): \(words.name)",
      symbol: words.symbol + " " + metric.symbol, of: metric.of, isCount: false, direction: metric.direction,
      decimals: 3, numbers: .init(count: count), gap: (base, against))
    column.measure = evaluation.measure(metric.id)
    let isStored = (0..<count).map { stored?[$0] != nil }
    fill(&column, stored ?? [:])
    if case .share(let share, _, _) = metric.source {
      let found = exceptions(column, onlyWhere: isStored) { [arithmetic] slice in
        (arithmetic.gap(share, slice, against), SliceReasons.noOther)
      }
      if let found {
        column.source = .gap(found)
        complete(&column, share, isStored)
        return column
      }
    }
    guard stored != nil, budget >= 2 * count else { return nil }
    budget -= 2 * count
    return column
  }

  private func fill(_ column: inout SliceColumn, _ stored: [Int: Estimate]) {
    for slice in column.numbers.value.indices { column.numbers.reason[slice] = SliceReasons.noOther }
    for (slice, estimate) in stored where !isHidden(slice, column, estimate) {
      func units(_ value: Double?) -> Int? {
        value.flatMap { $0.isFinite ? ColumnCode.units($0, decimals: 3) : nil }
      }
      column.numbers.value[slice] = units(estimate.value)
      column.numbers.lower[slice] = units(estimate.lower)
      column.numbers.upper[slice] = units(estimate.upper)
    }
    for (slice, estimate) in stored where isHidden(slice, column, estimate) {
      column.numbers.reason[slice] = SliceReasons.withheld
    }
  }

  /// A gap is withheld with the group's own value, whatever else is stored.
  private func isHidden(_ slice: Int, _ column: SliceColumn, _ estimate: Estimate) -> Bool {
    guard let base = column.gap?.base else { return false }
    return estimate.status == .suppressed || evaluation.estimates[base].status[slice] == .suppressed
  }

  /// Gaps that no run stored but that follow from counts.
  private func complete(
    _ column: inout SliceColumn, _ share: SliceArithmetic.Share, _ isStored: [Bool]
  ) {
    guard let against = column.gap?.against else { return }
    for slice in isStored.indices where !isStored[slice] {
      let gap = arithmetic.gap(share, slice, against)
      func units(_ value: Double) -> Int? {
        value.isFinite ? ColumnCode.units(value, decimals: 3) : nil
      }
      column.numbers.value[slice] = units(gap.value)
      column.numbers.lower[slice] = units(gap.lower)
      column.numbers.upper[slice] = units(gap.upper)
    }
  }
}
