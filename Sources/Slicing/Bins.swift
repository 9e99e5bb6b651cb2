import Results

/// Half-open intervals that cover the numbers.
struct Bins {
  /// Interior cut points, ascending: bin k is [cuts[k−1], cuts[k]).
  private let cuts: [Double]
  /// The least and greatest number, where the outer bins end there; nil when they are open.
  private let ends: (least: Double, greatest: Double)?

  /// (−∞, e₀), [e₀, e₁), …, [eₖ, ∞).
  init(edges: [Double]) {
    cuts = edges
    ends = nil
  }

  /// At most `count` bins of about equal size. Cuts are observed values (inverse of the empirical
  /// distribution function at k / count); equal cuts are merged, so ties never split.
  init(quantiles count: Int, of values: [Double]) {
    let sorted = values.filter { !$0.isNaN }.sorted()
    var cuts: [Double] = []
    for k in 1..<count where !sorted.isEmpty {
      let cut = sorted[min(sorted.count - 1, sorted.count * k / count)]
      if cut > cuts.last ?? sorted[0] { cuts.append(cut) }
    }
    self.cuts = cuts
    ends = (sorted.first ?? 0, sorted.last ?? 0)
  }

  var count: Int { cuts.count + 1 }
  var isOpen: Bool { ends == nil }

  /// Complexity: O(log bins).
  func index(of value: Double) -> Int { firstIndex(in: cuts) { $0 > value } }

  var groups: [Grouping.Group] { (0..<count).map(group) }

  private func group(_ index: Int) -> Grouping.Group {
    let isFirst = index == 0
    let isLast = index == cuts.count
    let lower = isFirst ? ends.map { NumberText.text($0.least) } : NumberText.text(cuts[index - 1])
    let upper = isLast ? ends.map { NumberText.text($0.greatest) } : NumberText.text(cuts[index])
    let opening = lower.map { "[" + $0 } ?? "(-inf"
    let closing = upper.map { $0 + (isLast ? "]" : ")") } ?? "inf)"
    let predicate = "\(opening), \(closing)"
    let label =
      switch (lower, upper) {
      case (nil, let upper?): "under \(upper)"
      case (let lower?, nil): "\(lower) and over"
      default: predicate
      }
    return Grouping.Group(label: label, predicate: predicate, choice: .value(predicate))
  }
}
